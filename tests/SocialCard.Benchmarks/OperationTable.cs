using SocialCard.Embedded.Storage;

namespace SocialCard.Benchmarks;

/// <summary>Storage operations by kind. A line is the mean of many repetitions, so that the host's heartbeat does not show.</summary>
internal sealed class OperationTable(string title)
{
    private readonly TextTable table = new(
        title, ["operation", "get", "query", "insert", "update", "delete", "transaction", "queue message", "all"]);

    public async Task MeasureAsync(
        string name, int times, StorageOperationCounter tables, StorageOperationCounter? queues, Func<int, Task> action, Func<Task> settle)
    {
        await settle();
        var (before, sent) = (tables.Snapshot(), queues?[StorageOperation.Insert] ?? 0);
        for (var turn = 0; turn < times; turn++)
        {
            await action(turn);
        }

        await settle();
        double[] counts =
        [
            .. Enum.GetValues<StorageOperation>().Select(kind => (double)(tables[kind] - before[kind]) / times),
            (double)((queues?[StorageOperation.Insert] ?? 0) - sent) / times,
        ];
        table.Add([name, .. counts.Append(counts.Sum()).Select(count => (object)Math.Round(count, 1))]);
    }

    public void Print() => table.Print();
}
