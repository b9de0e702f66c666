using System.Diagnostics;
using System.Globalization;
using SocialCard.Embedded.Storage;

namespace SocialCard.Benchmarks;

/// <summary>
/// The workflows' two storage providers side by side, in this process and on one emulator: what an instance costs, how soon it goes on,
/// and what waiting takes.
/// </summary>
internal static class DurableBenchmark
{
    private const int InFlight = 32;

    // The emulator looks through a whole queue for every message, and each waiting instance of the distributed provider is one there.
    private static readonly Provider[] Providers =
    [
        new("embedded", ObservedEngine.Embedded, Counted: 100, Loaded: 3_000, Single: 500, Waiting: 10_000),
        new("azureStorage", ObservedEngine.AzureStorage, Counted: 30, Loaded: 300, Single: 100, Waiting: 1_000),
    ];

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IdleWindow = TimeSpan.FromSeconds(40);

    public static async Task RunAsync()
    {
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(
            LocalFolders.Find(null).Tools, AzuritePorts.Free, Console.Error, CancellationToken.None);
        var idle = await IdleRequestsAsync(azurite.ConnectionString);
        var measured = new List<Measures>();
        foreach (var (provider, requestsAMinute) in Providers.Zip(idle))
        {
            measured.Add(await MeasureAsync(provider, azurite.ConnectionString, requestsAMinute));
        }

        var (ours, theirs) = (measured[0], measured[1]);
        var table = new TextTable(
            "The providers of workflows on one emulator", ["", .. Providers.Select(provider => provider.Name), "ratio", "must be"]);
        Add("requests an instance: start, timer, event, activity, end", figures => figures.Requests, "≤ 0.25");
        Add($"event to end, instances a second, {InFlight} in flight", figures => figures.Many.PerSecond, "≥ 4");
        Add($"event to end, p50 ms, {InFlight} in flight", figures => figures.Many.P50, "");
        Add("event to end, p50 ms, 1 in flight", figures => figures.One.P50, "≤ 0.33");
        Add("event to end, p99 ms, 1 in flight", figures => figures.One.P99, "");
        Add("requests a minute while idle", figures => figures.Idle, "");
        Add($"start-up with {ours.Waiting} and {theirs.Waiting} waiting until one goes on, ms", figures => figures.StartUp, "");
        table.Add("managed memory of 10,000 waiting, MiB", ours.Memory, theirs.Memory, "", "");
        table.Print();

        void Add(string name, Func<Measures, double> of, string bound) =>
            table.Add(name, of(ours), of(theirs), (of(ours) / of(theirs)).ToString("0.00", CultureInfo.InvariantCulture), bound);
    }

    /// <summary>Both at once: each counts its own requests. The distributed provider asks less and less often until it rests.</summary>
    private static async Task<double[]> IdleRequestsAsync(string connection)
    {
        var engines = Providers.Select(provider => provider.Create(connection)).ToList();
        foreach (var engine in engines)
        {
            await engine.OpenAsync();
        }

        await Task.Delay(Quiet);
        long[] before = [.. engines.Select(engine => engine.Requests)];
        await Task.Delay(IdleWindow);
        double[] aMinute = [.. engines.Zip(before, (engine, earlier) => (engine.Requests - earlier) / IdleWindow.TotalMinutes)];
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }

        return aMinute;
    }

    private static async Task<Measures> MeasureAsync(Provider provider, string connection, double idle)
    {
        double requests, memory;
        Load many, one;
        await using (var engine = provider.Create(connection))
        {
            await engine.OpenAsync();
            await Load.MeasureAsync(InFlight, InFlight, turn => LiveAsync(engine, Of("warm", turn)));
            requests = await RequestsAsync(engine, provider.Counted, idle);
            many = await EndsAsync(engine, InFlight, provider.Loaded, "many");
            one = await EndsAsync(engine, 1, provider.Single, "one");
            var before = ProcessMemory.Read();
            await Load.MeasureAsync(InFlight, provider.Waiting, turn => engine.StartAsync(Of("wait", turn)));

            // Neither keeps an instance that only waits; what the measurements before have left may be freed meanwhile.
            memory = Math.Max(0, (ProcessMemory.Read() - before).Heap * 10_000 / provider.Waiting);
        }

        await using var next = provider.Create(connection);
        var watch = Stopwatch.StartNew();
        await next.OpenAsync();
        await next.EndAsync(Of("wait", 0));
        return new(requests, many, one, idle, memory, watch.Elapsed.TotalMilliseconds, provider.Waiting);
    }

    /// <summary>One life after the other, without what is asked in the same time for no instance.</summary>
    private static async Task<double> RequestsAsync(ObservedEngine engine, int lives, double idle)
    {
        var (before, watch) = (engine.Requests, Stopwatch.StartNew());
        for (var life = 0; life < lives; life++)
        {
            await LiveAsync(engine, Of("counted", life));
        }

        return (engine.Requests - before - (idle * watch.Elapsed.TotalMinutes)) / lives;
    }

    /// <summary>The instances wait before the measurement begins.</summary>
    private static async Task<Load> EndsAsync(ObservedEngine engine, int inFlight, int times, string batch)
    {
        var warmUp = times / 4;
        await Load.MeasureAsync(InFlight, warmUp + times, turn => engine.StartAsync(Of(batch, turn)));
        await Load.MeasureAsync(inFlight, warmUp, turn => engine.EndAsync(Of(batch, turn)));
        return await Load.MeasureAsync(inFlight, times, turn => engine.EndAsync(Of(batch, warmUp + turn)));
    }

    private static async Task LiveAsync(ObservedEngine engine, string instanceId)
    {
        await engine.StartAsync(instanceId);
        await engine.EndAsync(instanceId);
    }

    private static string Of(string batch, int turn) => WaitingWorkflow.InstanceOf(batch, turn);

    /// <summary>A provider, and how many instances a measurement takes that is to be over in seconds.</summary>
    private sealed record Provider(string Name, Func<string, ObservedEngine> Create, int Counted, int Loaded, int Single, int Waiting);

    private sealed record Measures(double Requests, Load Many, Load One, double Idle, double Memory, double StartUp, int Waiting);
}
