using System.Diagnostics;
using System.Text;
using SocialCard.Embedded;

namespace SocialCard.EndToEnd;

/// <summary>
/// The service as its operators run it: the host as a process of its own, talked to over HTTP. It can be killed and
/// started again on the same storage, port and keys.
/// </summary>
internal sealed class Service : IApiServer, IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    /// <summary>The host that was built with the tests.</summary>
    private static readonly string Built = typeof(EmbeddedHost).Assembly.Location;

    private readonly string program;
    private readonly string[] arguments;
    private readonly Dictionary<string, string> settings;
    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("socialcard-keys-");
    private readonly StringBuilder output = new();
    private Process? process;

    private Service(string program, string[] arguments, Dictionary<string, string> settings) =>
        (this.program, this.arguments, this.settings) = (program, arguments, settings);

    /// <summary>The address with the route prefix and a slash at its end.</summary>
    public Uri Api { get; private set; } = null!;

    /// <summary>The address of the host's own endpoints.</summary>
    public Uri Admin => new(Api, "/admin/");

    /// <summary>Answers to any caller; the caller is named with each request.</summary>
    public HttpClient Http { get; } =
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>What the process has printed so far, over all of its lives.</summary>
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

    /// <summary>Whether its time is its own, to be asked for and moved.</summary>
    public bool HasVirtualClock => arguments.Contains("--virtual-clock");

    public int ProcessId => process!.Id;

    /// <summary>A host on a private Azurite in memory, with a virtual clock.</summary>
    public static Task<Service> StartEphemeralAsync(params IEnumerable<(string Name, string Value)> settings) =>
        StartAsync(["--ephemeral", "--virtual-clock"], settings);

    /// <summary>The same, once a city has lived through a year there.</summary>
    public static Task<Service> StartDemoAsync() => StartAsync(["--ephemeral", "--virtual-clock", "--seed", "demo"], []);

    /// <summary>A host on a storage that outlives it, with a virtual clock.</summary>
    public static Task<Service> StartOnAsync(string connection, params IEnumerable<(string Name, string Value)> settings) =>
        StartAsync(["--storage", connection, "--virtual-clock"], settings);

    /// <summary>Starts a service whose workflows are stored as in Azure; others may share the storage.</summary>
    public static Task<Service> StartSharedAsync(string connection, params IEnumerable<(string Name, string Value)> settings) =>
        StartAsync(["--storage", connection, "--durable", "azureStorage"], settings);

    /// <summary>One of several hosts on a storage, run from a folder with a host.json of its own.</summary>
    public static Task<Service> StartSharedAsync(
        string folder, string connection, params IEnumerable<(string Name, string Value)> settings) =>
        StartAsync(["--storage", connection, "--durable", "azureStorage"], settings, Path.Combine(folder, Path.GetFileName(Built)));

    /// <summary>Kills the process as a power failure would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Stops the process in order and tells its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Starts the process again after it was killed or stopped, on the same port.</summary>
    public Task RestartAsync() => RunAsync(Api.Port);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        process?.Dispose();
        keys.Delete(recursive: true);
    }

    private static async Task<Service> StartAsync(
        string[] arguments, IEnumerable<(string Name, string Value)> settings, string? program = null)
    {
        var service = new Service(program ?? Built, arguments, settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        await service.RunAsync(0);
        return service;
    }

    private async Task RunAsync(int port)
    {
        process?.Dispose();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { program, "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            Environment = { ["Keys__Directory"] = keys.FullName },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The host ended before it was ready:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = await ready.Task.WaitAsync(StartLimit);
        Api = new Uri(address + "/");
    }

    private void Read(string? line, TaskCompletionSource<Uri> ready)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.AppendLine(line);
        }

        const string announcement = "SocialCard is ready at ";
        if (line.StartsWith(announcement, StringComparison.Ordinal))
        {
            ready.TrySetResult(new Uri(line[announcement.Length..].Split(' ')[0]));
        }
    }
}
