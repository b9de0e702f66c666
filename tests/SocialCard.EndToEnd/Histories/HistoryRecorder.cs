using Azure.Data.Tables;
using Microsoft.DurableTask.Converters;
using SocialCard.Embedded.Durable;

namespace SocialCard.EndToEnd.Histories;

/// <summary>Keeps what workflows leave in the hub's table: of every orchestration and version one history of each shape.</summary>
internal sealed class HistoryRecorder(string connection)
{
    private readonly TableClient hub = new(connection, "SocialCardHub");
    private readonly Dictionary<(string Name, string Version, string Shape), Instance> recorded = [];

    public IEnumerable<string> Orchestrations => recorded.Keys.Select(key => key.Name).Distinct();

    /// <summary>Reads what stands in the table now.</summary>
    public async Task ReadAsync()
    {
        var store = new InstanceStore(hub, JsonDataConverter.Default);
        var (from, to) = InstanceKeys.Instances(null);
        await foreach (var row in hub.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {to}")))
        {
            if (await store.LoadAsync(InstanceKeys.InstanceOf(row.RowKey), CancellationToken.None) is { } instance)
            {
                recorded.TryAdd((instance.Start.Name, instance.Start.Version ?? "", string.Join(' ', instance.History.Select(ShapeOf))), instance);
            }
        }
    }

    /// <summary>Writes a file a history; those of other versions stay, for their instances may still run.</summary>
    public void Write(string folder)
    {
        foreach (var orchestration in recorded.GroupBy(history => (history.Key.Name, history.Key.Version)))
        {
            foreach (var (index, (_, instance)) in orchestration.OrderBy(history => history.Key.Shape, StringComparer.Ordinal).Index())
            {
                File.WriteAllLines(
                    Path.Combine(folder, $"{orchestration.Key.Name}-{orchestration.Key.Version}-{index + 1}.jsonl"),
                    [instance.Id, .. instance.History.Select(HistoryText.Write)]);
            }
        }
    }

    private static string ShapeOf(HistoryEvent record) => record switch
    {
        OrchestratorCall call => call.ToString(),
        EventRaised raised => $"event {raised.Name}",
        _ => record.GetType().Name,
    };
}
