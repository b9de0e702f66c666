using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SocialCard.Domain.Rules;
using SocialCard.Embedded.Storage;
using SocialCard.Functions.Api;

namespace SocialCard.EndToEnd;

/// <summary>
/// A storage emulator of its own: in memory, on free loopback ports. It ends with this process, however that ends.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    /// <summary>The emulator's one account.</summary>
    public const string AccountName = "devstoreaccount1";

    /// <summary>Its published key.</summary>
    public const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string LastToListen = "Table";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly string _folder;

    private Process? _process;

    private Task _output = Task.CompletedTask;

    private Azurite(string folder) => _folder = folder;

    /// <summary>The connection string of its blob, queue and table service, the same after a restart.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};BlobEndpoint={Endpoint(BlobPort)};QueueEndpoint={Endpoint(QueuePort)};TableEndpoint={Endpoint(TablePort)}");

    public Uri TableEndpoint => Endpoint(TablePort);

    private int BlobPort { get; set; }

    private int QueuePort { get; set; }

    private int TablePort { get; set; }

    public static async Task<Azurite> StartAsync()
    {
        var folder = Path.Combine(RepositoryRoot(), "infra", "embedded");
        await InstallAsync(folder);
        var azurite = new Azurite(folder);
        await azurite.RestartAsync();
        return azurite;
    }

    /// <summary>Starts it again, empty, on the ports it had.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "azurite.mjs", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                "--blobHost", "127.0.0.1", "--blobPort", BlobPort.ToString(CultureInfo.InvariantCulture),
                "--queueHost", "127.0.0.1", "--queuePort", QueuePort.ToString(CultureInfo.InvariantCulture),
                "--tableHost", "127.0.0.1", "--tablePort", TablePort.ToString(CultureInfo.InvariantCulture),
            },
        };
        var process = _process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            var line = await process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"Azurite did not start: {await process.StandardError.ReadToEndAsync(patience.Token)}");
            if (Listening().Match(line) is not { Success: true } listening)
                continue;
            var service = listening.Groups["service"].Value;
            Learn(service, int.Parse(listening.Groups["port"].Value, CultureInfo.InvariantCulture));
            if (service == LastToListen)
                break;
        }

        _output = Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(Stream.Null),
            process.StandardError.BaseStream.CopyToAsync(Stream.Null));
    }

    /// <summary>Stops it, and with it everything that it stored.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(s_patience);
        await process.WaitForExitAsync(patience.Token);
        await _output;
        process.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static Uri Endpoint(int port) => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port, AccountName).Uri;

    internal static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SocialCard.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has SocialCard.sln.");
    }

    /// <summary>Installs Azurite unless it is there; of several processes that want to, one does.</summary>
    private static async Task InstallAsync(string folder)
    {
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json"); // npm writes it last
        if (File.Exists(installed))
            return;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await using var turn = await TakeTurnAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "obj")).FullName, "npm-ci.lock"), patience.Token);
        if (File.Exists(installed))
            return;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = folder })!;
        await npm.WaitForExitAsync(patience.Token);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci in {folder} failed with exit code {npm.ExitCode}.");
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken patience)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), patience);
            }
        }
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at \S+:(?<port>\d+)$")]
    private static partial Regex Listening();

    private void Learn(string service, int port)
    {
        switch (service)
        {
            case "Blob": BlobPort = port; break;
            case "Queue": QueuePort = port; break;
            case LastToListen: TablePort = port; break;
            default: throw new InvalidOperationException($"Azurite started a service that is not known: {service}");
        }
    }
}

/// <summary>One emulator for all the tests of the collection.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    /// <summary>The collection of tests that share the emulator.</summary>
    public const string Collection = "Azurite";

    public Azurite Azurite { get; private set; } = null!;

    public async Task InitializeAsync() => Azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await Azurite.DisposeAsync();
}

[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class SharedAzurite : ICollectionFixture<AzuriteFixture>;
