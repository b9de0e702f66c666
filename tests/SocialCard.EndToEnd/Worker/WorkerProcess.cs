using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using SocialCard.Tests;

namespace SocialCard.EndToEnd.Worker;

/// <summary>The app as it is built, started as the Functions host does it. It ends with the process of the tests at the latest.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StringBuilder output = new();
    private readonly Process process;

    private WorkerProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        AppDomain.CurrentDomain.ProcessExit += Kill;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The folder that the host is given: the build's output, which a publish copies.</summary>
    public static string Folder { get; } = Path.Combine(
        Repository.Root,
        typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == "FunctionsFolder").Value!);

    /// <summary>What the process has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public bool HasExited => process.HasExited;

    /// <summary>Starts the worker; it calls the host by itself.</summary>
    /// <param name="workerId">The name by which it calls.</param>
    /// <param name="host">Where the host listens.</param>
    /// <param name="settings">The app's settings.</param>
    public static WorkerProcess Start(string workerId, Uri host, IEnumerable<(string Name, string Value)> settings)
    {
        var requestId = Guid.NewGuid().ToString();
        var length = FunctionsHost.MaxMessageBytes.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(Folder, "SocialCard.Functions.dll"),
                "--host", host.Host, "--port", host.Port.ToString(CultureInfo.InvariantCulture),
                "--workerId", workerId, "--requestId", requestId, "--grpcMaxMessageLength", length,
                "--functions-uri", host.ToString(), "--functions-worker-id", workerId,
                "--functions-request-id", requestId, "--functions-grpc-max-message-length", length,
            },
            Environment =
            {
                ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder,
                ["FUNCTIONS_WORKER_DIRECTORY"] = Folder,
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new(start);
    }

    /// <summary>Asks the process to end, as a platform does that takes an instance away (SIGTERM), and tells its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Waits for a step of the process's life.</summary>
    /// <exception cref="WorkerGoneException">The process has ended instead; the message has what it printed.</exception>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public async Task UntilAsync(Task step)
    {
        var first = await Task.WhenAny(step, process.WaitForExitAsync()).WaitAsync(Patience);
        await (first == step ? step : throw new WorkerGoneException($"The worker has ended with exit code {process.ExitCode}:\n{Output}"));
    }

    /// <inheritdoc cref="UntilAsync(Task)"/>
    public async Task<T> UntilAsync<T>(Task<T> step)
    {
        await UntilAsync((Task)step);
        return await step;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Kill(null, EventArgs.Empty);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Kill(object? sender, EventArgs e) => process.Kill();

    private void Note(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
