namespace SocialCard.Embedded;

/// <summary>What the command line of the embedded host chooses.</summary>
internal sealed record EmbeddedHostOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Storage connection string; null takes the setting <c>AzureWebJobsStorage</c>, else the development storage.</summary>
    public string? Storage { get; init; }

    /// <summary>Runs a private Azurite in memory that is gone with the host.</summary>
    public bool Ephemeral { get; init; }

    public DurableProvider Durable { get; init; }

    /// <summary>Lets <c>POST /admin/clock</c> move the host's clock forward.</summary>
    public bool VirtualClock { get; init; }

    /// <summary>
    /// Loads the sample partners where there are none. Null loads them into a storage of this machine only: their keys are printed in the
    /// repository and must not open an account in Azure.
    /// </summary>
    public bool? Seed { get; init; }

    /// <summary>Lets a city live through a year before the host is ready, on the sample partners and an empty storage.</summary>
    public bool Demo { get; init; }

    /// <summary>The folder of host.json and of the sample data.</summary>
    public string ContentRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>The folder of Azurite's files and the key ring; null takes <c>.azurite</c> at the root of the repository.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Settings that take precedence over the environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where progress goes (the installation of Azurite, which takes a minute).</summary>
    public TextWriter Progress { get; init; } = TextWriter.Null;
}

/// <summary>
/// What stores the workflows: one table, written by one process, whose clock can be moved; or the framework's own provider, the backend of
/// the Azure deployment, whose hub several processes share.
/// </summary>
internal enum DurableProvider { Embedded, AzureStorage }

/// <summary>The app that the host runs.</summary>
/// <param name="Types">The types whose methods may carry <c>[Function]</c>.</param>
/// <param name="AddServices">Registers the app's services; clock, tables and queues are in the container already.</param>
/// <param name="SeedAsync">
/// Loads the sample data from the folder it is given, where the app has no data of its own, and says whether it did.
/// </param>
/// <param name="Demo">The app's demonstration, if it has one.</param>
internal sealed record EmbeddedApp(
    IReadOnlyList<Type> Types,
    Action<IServiceCollection, IConfiguration> AddServices,
    Func<IServiceProvider, string, CancellationToken, Task<bool>>? SeedAsync = null,
    EmbeddedDemo? Demo = null);

/// <summary>A past that an empty storage is given.</summary>
/// <param name="Back">How long before the real time it begins.</param>
/// <param name="LiveAsync">Lives through it, on a host that takes requests already.</param>
internal sealed record EmbeddedDemo(TimeSpan Back, Func<EmbeddedHost, CancellationToken, Task> LiveAsync);
