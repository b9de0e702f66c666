using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SocialCard.Embedded.Storage;

/// <summary>
/// An Azurite that belongs to this host. It runs under azurite.mjs, which stops it in order when its standard input closes: at
/// <see cref="DisposeAsync"/>, and also when this process is killed.
/// </summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    /// <summary>Azurite's account and its key are the same everywhere and published with it.</summary>
    public const string Account = "devstoreaccount1";

    /// <summary>The key of <see cref="Account"/>.</summary>
    public const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Host = "127.0.0.1";

    private static readonly TimeSpan InstallReport = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TurnPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly Process process;

    private AzuriteProcess(Process process, AzuritePorts ports) =>
        (this.process, Ports, Exited) = (process, ports, process.WaitForExitAsync());

    public string ConnectionString => ConnectionStringTo(Ports);

    /// <summary>The ports it listens on.</summary>
    public AzuritePorts Ports { get; }

    /// <summary>Completes when the process ends, for whatever reason.</summary>
    public Task Exited { get; }

    /// <summary>Runs Azurite in memory.</summary>
    public static Task<AzuriteProcess> StartInMemoryAsync(
        string tools, AzuritePorts ports, TextWriter progress, CancellationToken cancellation) =>
        StartAsync(tools, ports, ["--inMemoryPersistence"], progress, cancellation);

    /// <summary>Runs Azurite on files.</summary>
    public static Task<AzuriteProcess> StartOnFilesAsync(
        string tools, string location, AzuritePorts ports, TextWriter progress, CancellationToken cancellation) =>
        StartAsync(tools, ports, ["--location", location], progress, cancellation);

    /// <summary>How clients of this machine reach an Azurite.</summary>
    public static string ConnectionStringTo(AzuritePorts ports)
    {
        string Endpoint(string service, int port) =>
            string.Create(CultureInfo.InvariantCulture, $"{service}Endpoint=http://{Host}:{port}/{Account}");
        return string.Join(
            ';',
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey}",
            Endpoint("Blob", ports.Blob),
            Endpoint("Queue", ports.Queue),
            Endpoint("Table", ports.Table));
    }

    /// <summary>What Azurite says of each <c>service</c> that listens, and on which <c>port</c>; the table service is the last.</summary>
    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at http://[^ /]+:(?<port>\d+)")]
    public static partial Regex Listening();

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        if (await Task.WhenAny(Exited, Task.Delay(StopLimit)) != Exited)
        {
            process.Kill(entireProcessTree: true);
        }

        await Exited;
        process.Dispose();
    }

    private static async Task<AzuriteProcess> StartAsync(
        string tools, AzuritePorts ports, string[] arguments, TextWriter progress, CancellationToken cancellation)
    {
        if (!IsInstalled(tools))
        {
            await InstallAsync(tools, progress, cancellation);
        }

        string[] always =
        [
            "azurite.mjs", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobHost", Host, "--queueHost", Host, "--tableHost", Host, .. ports.Arguments,
        ];
        var process = Run("node", tools, [.. always, .. arguments]);
        var listening = new Dictionary<string, int>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var complaint = "it ended at once";
        process.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is not { Success: true } match)
            {
                return;
            }

            listening[match.Groups["service"].Value] = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            if (match.Groups["service"].Value == "Table")
            {
                started.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) => complaint = string.IsNullOrWhiteSpace(line.Data) ? complaint : line.Data;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        try
        {
            await Task.WhenAny(started.Task, process.WaitForExitAsync(cancellation), Task.Delay(StartLimit, cancellation));
            cancellation.ThrowIfCancellationRequested();
            if (!started.Task.IsCompletedSuccessfully)
            {
                throw new HostStartException(process.HasExited
                    ? $"Azurite did not start: {complaint}" : $"Azurite did not start within {StartLimit.TotalSeconds:0} seconds.");
            }

            return new AzuriteProcess(process, new(listening["Blob"], listening["Queue"], listening["Table"]));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    // npm writes this file when an installation is complete.
    private static bool IsInstalled(string tools) => File.Exists(Path.Combine(tools, "node_modules", ".package-lock.json"));

    private static async Task InstallAsync(string tools, TextWriter progress, CancellationToken cancellation)
    {
        // Several hosts, or the tests, may find it missing at once; one installs.
        await using var turn = await TakeTurnAsync(tools, cancellation);
        if (IsInstalled(tools))
        {
            return;
        }

        await progress.WriteLineAsync(
            $"Installing Azurite, the storage emulator, into {Path.Combine(tools, "node_modules")} (npm ci, once) ...");
        var watch = Stopwatch.StartNew();
        using var npm = Run(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", tools, ["ci", "--no-audit", "--no-fund"]);
        var complaint = "";
        npm.ErrorDataReceived += (_, line) => complaint =
            complaint.Length > 0 || string.IsNullOrWhiteSpace(line.Data) ? complaint : line.Data;
        npm.BeginOutputReadLine();
        npm.BeginErrorReadLine();
        try
        {
            await using var report = new Timer(
                _ => progress.WriteLine($"... still installing, {watch.Elapsed.TotalSeconds:0} s"), null, InstallReport, InstallReport);
            await npm.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }

        if (npm.ExitCode != 0)
        {
            throw new HostStartException(
                $"Azurite could not be installed: 'npm ci' in {tools} ended with code {npm.ExitCode}. {complaint}".TrimEnd());
        }

        await progress.WriteLineAsync($"Azurite is installed ({watch.Elapsed.TotalSeconds:0} s).");
    }

    private static async Task<FileStream> TakeTurnAsync(string tools, CancellationToken cancellation)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(tools, "obj")).FullName, "npm-ci.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TurnPause, cancellation);
            }
        }
    }

    private static Process Run(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new HostStartException(
                $"'{program}' cannot be run; Azurite needs Node.js 20 or later on the PATH. Install it, or name another storage with --storage.",
                fault);
        }
    }
}

/// <summary>The ports of Azurite's three services; 0 for any that is free.</summary>
internal sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Any that are free.</summary>
    public static AzuritePorts Free { get; } = new(0, 0, 0);

    /// <summary>Those of <c>UseDevelopmentStorage=true</c>.</summary>
    public static AzuritePorts DevelopmentStorage { get; } = new(10000, 10001, 10002);

    /// <summary>The same as Azurite is told.</summary>
    public string[] Arguments =>
    [
        "--blobPort", Blob.ToString(CultureInfo.InvariantCulture),
        "--queuePort", Queue.ToString(CultureInfo.InvariantCulture),
        "--tablePort", Table.ToString(CultureInfo.InvariantCulture),
    ];
}
