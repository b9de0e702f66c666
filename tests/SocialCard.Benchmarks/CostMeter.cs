using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Storage.Queues;
using SocialCard.Embedded.Storage;
using SocialCard.Functions.Observability;

namespace SocialCard.Benchmarks;

/// <summary>Counts by the spans of the service what a piece of a card's life takes: of the storage, and of the workflows.</summary>
internal sealed class CostMeter : IDisposable
{
    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly ActivityListener listener;
    private readonly int tables;
    private readonly int queues;

    public CostMeter(HostStorage storage)
    {
        (tables, queues) = (storage.Tables.Uri.Port, storage.CreateQueues(QueueMessageEncoding.Base64).Uri.Port);
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "System.Net.Http"
                or "SocialCard" or "Microsoft.AspNetCore" or "Microsoft.DurableTask" or "Microsoft.Azure.Functions.Worker",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Count,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public Cost Read() => new(Of("call"), Of("table"), Of("queue"), Of("start"), Of("turn"), Of("activity"));

    public void Dispose() => listener.Dispose();

    // A move of the clock runs the daily sweeps, which cost by the day, not by the card.
    private static bool IsOfTheApplication(Activity request)
    {
        var root = request;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root != request
            && (root.Source.Name != "Microsoft.AspNetCore" || root.DisplayName.Contains("/api/", StringComparison.Ordinal));
    }

    private int Of(string kind) => counts.GetValueOrDefault(kind);

    private void Count(Activity span)
    {
        var kind = span.Source.Name switch
        {
            "Microsoft.AspNetCore" when span.DisplayName.Contains("/api/", StringComparison.Ordinal) => "call",
            "Microsoft.DurableTask" => span.DisplayName.StartsWith("orchestration:", StringComparison.Ordinal) ? "turn" : "activity",
            // The outbox names an orchestration that it starts, and an event that it raises to one.
            SocialCardTelemetry.Name when span.DisplayName.StartsWith("outbox.deliver ", StringComparison.Ordinal) =>
                span.DisplayName.EndsWith("Orchestration", StringComparison.Ordinal) ? "start" : null,
            // What the application asks of the storage it asks within a request, a message or an
            // activity; the engine's turns are within none.
            "System.Net.Http" when IsOfTheApplication(span) =>
                span.GetTagItem("server.port") is int port ? port == tables ? "table" : port == queues ? "queue" : null : null,
            _ => null,
        };
        if (kind is not null)
        {
            counts.AddOrUpdate(kind, 1, (_, count) => count + 1);
        }
    }
}

/// <summary>What was counted.</summary>
/// <param name="Calls">HTTP calls of the service.</param>
/// <param name="Tables">Requests of the application to the table service.</param>
/// <param name="Queues">Requests of the application to the queue service.</param>
/// <param name="Starts">Workflows that were started.</param>
/// <param name="Turns">Turns of workflows.</param>
/// <param name="Activities">Activities of workflows.</param>
internal sealed record Cost(int Calls, int Tables, int Queues, int Starts, int Turns, int Activities)
{
    public static Cost operator -(Cost after, Cost before) => new(
        after.Calls - before.Calls,
        after.Tables - before.Tables,
        after.Queues - before.Queues,
        after.Starts - before.Starts,
        after.Turns - before.Turns,
        after.Activities - before.Activities);
}
