using SocialCard.Embedded.Storage;

namespace SocialCard.EndToEnd;

/// <summary>A storage emulator of its own: in memory, on free loopback ports. It ends with this process, however that ends.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private readonly AzuritePorts ports;
    private AzuriteProcess? running;

    private Azurite(AzuriteProcess running) => (this.running, ports) = (running, running.Ports);

    /// <summary>The connection string of its blob, queue and table service, the same after a restart.</summary>
    public string ConnectionString => AzuriteProcess.ConnectionStringTo(ports);

    public static async Task<Azurite> StartAsync() => new(await RunAsync(AzuritePorts.Free));

    /// <summary>Starts it again, empty, on the ports it had.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        running = await RunAsync(ports);
    }

    /// <summary>Stops it, and with it everything that it stored.</summary>
    public async Task StopAsync()
    {
        if (running is { } process)
        {
            await process.DisposeAsync();
        }

        running = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static Task<AzuriteProcess> RunAsync(AzuritePorts ports) =>
        AzuriteProcess.StartInMemoryAsync(LocalFolders.Find(null).Tools, ports, TextWriter.Null, CancellationToken.None);
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
