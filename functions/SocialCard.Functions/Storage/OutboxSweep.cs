using Microsoft.Extensions.Logging;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Storage;

/// <summary>Once a day, delivers what a process left in its outbox when it died and nobody came back for.</summary>
public sealed partial class OutboxSweep(
    IEnumerable<AggregateRepository> repositories, Outbox outbox, TimeProvider clock, ILogger<OutboxSweep> logger)
{
    // Younger messages are being delivered by the request that made them.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Runs the sweep at 19:00 UTC, 03:00 China Standard Time.</summary>
    [Function(nameof(OutboxSweep))]
    public async Task RunAsync([TimerTrigger("0 0 19 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var before = clock.GetUtcNow() - Grace;
        var swept = 0;
        foreach (var repository in repositories)
        {
            var left = new HashSet<string>();
            await foreach (var row in repository.ReadOutboxAsync(null, cancellation))
            {
                if (row.Timestamp < before)
                {
                    left.Add(row.PartitionKey);
                }
            }

            foreach (var key in left)
            {
                await outbox.DeliverPendingAsync(repository, key, cancellation);
            }

            swept += left.Count;
        }

        if (swept > 0)
        {
            OperationMetrics.Swept(swept);
            Swept(swept);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivered what {Aggregates} cards and other aggregates had left in their outbox")]
    private partial void Swept(int aggregates);
}
