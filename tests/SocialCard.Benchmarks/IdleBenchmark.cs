namespace SocialCard.Benchmarks;

/// <summary>What the service asks of the storage while nobody asks anything of it.</summary>
internal static class IdleBenchmark
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static async Task RunAsync()
    {
        await using var service = await LocalService.StartAsync();
        var table = new TextTable("Requests a minute while idle", "waiting cards", "tables", "queues");
        await MeasureAsync(service, 0, table);
        const int cards = 1_000;
        await Load.MeasureAsync(32, cards, async card =>
        {
            await service.RegisterAsync(card);
            await service.ReceiveAsync(card);
        });
        await MeasureAsync(service, cards, table);
        table.Print();
    }

    private static async Task MeasureAsync(LocalService service, int waiting, TextTable table)
    {
        await service.SettleAsync();
        var (tables, queues) = (service.Storage.TableOperations.Total, service.Storage.QueueOperations.Total);
        await Task.Delay(Minute);
        table.Add(waiting, service.Storage.TableOperations.Total - tables, service.Storage.QueueOperations.Total - queues);
    }
}
