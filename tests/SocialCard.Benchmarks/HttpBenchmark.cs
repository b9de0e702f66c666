namespace SocialCard.Benchmarks;

/// <summary>The service over HTTP: what a call costs at the storage, and how many activations a second it takes.</summary>
internal static class HttpBenchmark
{
    private const int Repetitions = 200;

    public static async Task RunAsync()
    {
        await using var service = await LocalService.StartAsync();
        var (tables, queues) = (service.Storage.TableOperations, service.Storage.QueueOperations);
        var card = 0;
        await PrepareAsync(service, card, Repetitions);
        await service.ReadAsync(card);
        await service.ActivateAsync(card);

        var costs = new OperationTable("Storage operations of one call");
        await costs.MeasureAsync(
            "register a card", Repetitions, tables, queues, turn => service.RegisterAsync(Repetitions + turn), service.SettleAsync);
        await costs.MeasureAsync(
            "hand it over", Repetitions, tables, queues, turn => service.ReceiveAsync(Repetitions + turn), service.SettleAsync);
        await costs.MeasureAsync(
            "read it", Repetitions, tables, queues, turn => service.ReadAsync(Repetitions + turn), service.SettleAsync);
        await costs.MeasureAsync(
            "activate it", Repetitions, tables, queues, turn => service.ActivateAsync(Repetitions + turn), service.SettleAsync);
        costs.Print();

        var speed = new TextTable("Activations over HTTP", "in flight", "a second", "p50 ms", "p99 ms");
        card = 2 * Repetitions;
        foreach (var (inFlight, times) in new[] { (1, 500), (32, 2_000) })
        {
            var (warmUp, first) = (times / 4, card);
            await PrepareAsync(service, first, warmUp + times);
            await Load.MeasureAsync(inFlight, warmUp, turn => service.ActivateAsync(first + turn));
            var load = await Load.MeasureAsync(inFlight, times, turn => service.ActivateAsync(first + warmUp + turn));
            speed.Add(inFlight, load.PerSecond, load.P50, load.P99);
            card += warmUp + times;
        }

        speed.Print();

        const int counted = 500;
        await PrepareAsync(service, card, counted);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Load.MeasureAsync(1, counted, turn => service.ActivateAsync(card + turn));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        var memory = new TextTable("Memory of an activation over HTTP, its caller, workflow and notice included", "KiB allocated");
        memory.Add(allocated / 1024 / counted);
        memory.Print();
    }

    private static Task PrepareAsync(LocalService service, int first, int cards) => Load.MeasureAsync(32, cards, async turn =>
    {
        await service.RegisterAsync(first + turn);
        await service.ReceiveAsync(first + turn);
    });
}
