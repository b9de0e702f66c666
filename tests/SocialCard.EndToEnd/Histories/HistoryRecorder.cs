using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using SocialCard.Embedded.Durable.Embedded;

namespace SocialCard.EndToEnd.Histories;

/// <summary>
/// Keeps what workflows leave in a backend, as its own client gives it: of every orchestration and version one history of each shape.
/// </summary>
internal sealed class HistoryRecorder(IOrchestrationServiceClient backend, string backendName)
{
    private readonly Dictionary<(string Name, string Version, string Shape), string> recorded = [];

    public IEnumerable<string> Orchestrations => recorded.Keys.Select(key => key.Name).Distinct();

    public bool HasEnded(string orchestration) =>
        recorded.Keys.Any(
            key => key.Name == orchestration && key.Shape.Contains(nameof(EventType.ExecutionCompleted), StringComparison.Ordinal));

    /// <summary>Reads what is stored now.</summary>
    public async Task ReadAsync()
    {
        OrchestrationQueryResult page;
        var query = new OrchestrationQuery();
        do
        {
            page = await ((IOrchestrationServiceQueryClient)backend).GetOrchestrationWithQueryAsync(query, CancellationToken.None);
            foreach (var instance in page.OrchestrationState)
            {
                var text = await backend.GetOrchestrationHistoryAsync(
                    instance.OrchestrationInstance.InstanceId, instance.OrchestrationInstance.ExecutionId);
                var history = HistoryText.Read<List<HistoryEvent>>(text);
                if (history.Count > 0)
                {
                    recorded.TryAdd((instance.Name, instance.Version ?? "", string.Join(' ', history.Select(ShapeOf))), text);
                }
            }

            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);
    }

    /// <summary>Writes a file a history; those of other versions stay, for their instances may still run.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var orchestration in recorded.GroupBy(history => (history.Key.Name, history.Key.Version)))
        {
            foreach (var (index, (_, text)) in orchestration.OrderBy(history => history.Key.Shape, StringComparer.Ordinal).Index())
            {
                File.WriteAllText(
                    Path.Combine(folder, $"{orchestration.Key.Name}-{orchestration.Key.Version}-{backendName}-{index + 1}.json"),
                    text + "\n");
            }
        }
    }

    private static string ShapeOf(HistoryEvent happened) => happened switch
    {
        TaskScheduledEvent task => $"activity {task.Name}",
        EventRaisedEvent raised => $"event {raised.Name}",
        _ => happened.EventType.ToString(),
    };
}
