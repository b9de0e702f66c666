using System.Diagnostics;
using System.Globalization;
using SocialCard.Embedded.Storage;

namespace SocialCard.Benchmarks;

/// <summary>
/// Very many waiting workflows on one machine, on an emulator with its files on disk: what they take of memory, how soon the host is ready
/// again, and how fast a day's timers fire. At these sizes it is the emulator that may give out; what was measured until then is printed.
/// </summary>
internal sealed class ScaleBenchmark : IAsyncDisposable
{
    private const int Days = 300;
    private const int DaysMeasured = 2;
    private const int InFlight = 400;
    private const int WarmUp = 1_000;
    private const int Reports = 10;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    // One day's deadlines fall on the same instant, as the product's do, and none while the instances are started.
    private static readonly DateTimeOffset FirstDay = DateTimeOffset.UtcNow.Date.AddDays(3);

    private readonly int count;
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("socialcard-scale-");
    private readonly TextTable table;
    private AzuriteProcess emulator = null!;
    private int stored;

    private ScaleBenchmark(int count)
    {
        this.count = count;
        table = new TextTable($"{count} waiting workflows", "", "measured", "must be");
    }

    /// <summary>Measures with a number of instances.</summary>
    public static async Task RunAsync(int instances)
    {
        await using var benchmark = new ScaleBenchmark(instances);
        try
        {
            await benchmark.MeasureAsync();
        }
        catch (EmulatorEndedException)
        {
            benchmark.table.Add("the emulator has ended by itself when so many were stored", benchmark.stored, instances);
        }
        finally
        {
            benchmark.table.Print();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (emulator is not null)
        {
            await emulator.DisposeAsync();
        }

        files.Delete(recursive: true);
    }

    private async Task MeasureAsync()
    {
        await StartEmulatorAsync();
        await using (var hub = await ScaleHub.OpenAsync(emulator))
        {
            await LoadAsync(hub, "w", 0, WarmUp);
            await WhileEmulatorRunsAsync(Load.MeasureAsync(InFlight, WarmUp, card => hub.EndAsync(Of("w", card))));
            await LoadAllAsync(hub);
        }

        table.Add("memory of the emulator, MiB", EmulatorMemory(), "");
        table.Add("file of the emulator, MiB", EmulatorFile(), "");
        var watch = Stopwatch.StartNew();
        await using (var hub = await ScaleHub.OpenAsync(emulator))
        {
            table.Add("ready again after a restart, s", watch.Elapsed.TotalSeconds, "≤ 10");
            await hub.EndAsync(Of("c", count - 1));
            table.Add("  and the first instance has gone on, s", watch.Elapsed.TotalSeconds, "");
            for (var day = 0; day < DaysMeasured; day++)
            {
                await FireAsync(hub, FirstDay.AddDays(day));
            }
        }

        watch.Restart();
        await emulator.DisposeAsync();
        table.Add("emulator stopped, s", watch.Elapsed.TotalSeconds, "");
        watch.Restart();
        await StartEmulatorAsync();
        table.Add("emulator started on its file, s", watch.Elapsed.TotalSeconds, "");
        watch.Restart();
        await using var last = await ScaleHub.OpenAsync(emulator);
        table.Add("ready again after both, s", watch.Elapsed.TotalSeconds, "");
        await last.EndAsync(Of("c", count - 2));
    }

    private async Task LoadAllAsync(ScaleHub hub)
    {
        var (before, watch) = (ProcessMemory.Read(), Stopwatch.StartNew());
        for (var part = 0; part < Reports; part++)
        {
            var (first, last) = ((int)((long)count * part / Reports), (int)((long)count * (part + 1) / Reports));
            var (requests, started) = (hub.Requests.Total, watch.Elapsed);
            await LoadAsync(hub, "c", first, last);
            var seconds = (watch.Elapsed - started).TotalSeconds;
            double aRequest = (last - first) / (double)(hub.Requests.Total - requests);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{last} wait: {(last - first) / seconds:0} a second, {aRequest:0.0} a request; emulator {EmulatorMemory():0} MiB, file {EmulatorFile():0} MiB"));
        }

        table.Add("loaded a second", count / watch.Elapsed.TotalSeconds, "");
        await hub.SettleAsync();
        var above = ProcessMemory.Read() - before;
        table.Add("working set above empty, MiB", above.WorkingSet, "≤ 64");
        table.Add("  of it managed, MiB", above.Heap, "");
    }

    private async Task FireAsync(ScaleHub hub, DateTimeOffset target)
    {
        var (requests, watch) = (hub.Requests.Total, Stopwatch.StartNew());
        var advance = hub.AdvanceToAsync(target);
        await WhileEmulatorRunsAsync(advance);
        var (fired, seconds) = (await advance, watch.Elapsed.TotalSeconds);
        table.Add($"timers a second of one day's {fired}, with activity and end", fired / seconds, "≥ 200");
        table.Add("  requests a timer", (hub.Requests.Total - requests) / (double)fired, "");
    }

    private Task LoadAsync(ScaleHub hub, string batch, int first, int last) => WhileEmulatorRunsAsync(Load.MeasureAsync(
        InFlight, last - first, async turn =>
        {
            await hub.StartAsync(Of(batch, first + turn), FirstDay.AddDays((first + turn) % Days));
            Interlocked.Increment(ref stored);
        }));

    private async Task WhileEmulatorRunsAsync(Task work)
    {
        // Its end shows first in what is asked of it.
        await Task.WhenAny(work, emulator.Exited);
        if (work.IsFaulted)
        {
            await Task.WhenAny(emulator.Exited, Task.Delay(EndLimit));
        }

        if (emulator.Exited.IsCompleted)
        {
            throw new EmulatorEndedException();
        }

        await work;
    }

    private async Task StartEmulatorAsync() => emulator = await AzuriteProcess.StartOnFilesAsync(
        LocalFolders.Find(null).Tools, files.FullName, AzuritePorts.Free, Console.Error, CancellationToken.None);

    private double EmulatorFile() => files.EnumerateFiles("__azurite_db_table__.json").Sum(file => file.Length) / (double)(1 << 20);

    // The emulator is this process's only child; where the system does not tell of whom a process is the child, there is no number.
    private static double? EmulatorMemory() => OperatingSystem.IsLinux()
        ? Process.GetProcessesByName("node").Where(IsChild).Sum(process => process.WorkingSet64) / (double)(1 << 20)
        : null;

    private static bool IsChild(Process process)
    {
        var status = File.ReadAllText($"/proc/{process.Id}/stat");
        return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) == Environment.ProcessId;
    }

    private static string Of(string batch, int card) => WaitingWorkflow.InstanceOf(batch, card);

    private sealed class EmulatorEndedException : Exception;
}
