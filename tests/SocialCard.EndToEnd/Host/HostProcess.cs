using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SocialCard.EndToEnd.Host;

/// <summary>The embedded host as its user runs it: a process with a command line, a console and an exit code.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                return;
            }

            output.Enqueue(line.Data);
            if (ReadyLine().Match(line.Data) is { Success: true } match)
            {
                ready.TrySetResult(new Uri(match.Groups["address"].Value));
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                errors.Enqueue(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public IReadOnlyCollection<string> Output => output;

    /// <summary>Runs the host of a folder, by default the one that was built with the tests.</summary>
    public static HostProcess Start(string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        folder ??= AppContext.BaseDirectory;
        // A test run that was started in the background ignores Ctrl+C, and its children inherit that.
        string[] listening = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];
        string[] command = [.. listening, Environment.ProcessPath!, Path.Combine(folder, "SocialCard.Embedded.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Remove("AzureWebJobsStorage");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new HostProcess(start);
    }

    /// <summary>Where it is ready.</summary>
    public async Task<Uri> ReadyAsync()
    {
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(Patience) == ended)
        {
            Assert.Fail($"The host ended with code {process.ExitCode}: {string.Join('\n', errors)}");
        }

        return await ready.Task;
    }

    /// <summary>Its exit code and what it said on standard error.</summary>
    public async Task<(int Code, IReadOnlyList<string> Errors)> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, [.. errors]);
    }

    public void Terminate() => Signal("-TERM");

    public void Interrupt() => Signal("-INT");

    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    [GeneratedRegex(@"^SocialCard is ready at (?<address>http://127\.0\.0\.1:\d+/\S+) \(storage: .+, clock: .+\)$")]
    private static partial Regex ReadyLine();
}
