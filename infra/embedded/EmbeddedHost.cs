using System.Net;
using Azure;
using DurableTask.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.AzureStorage;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Functions;
using SocialCard.Embedded.Http;
using SocialCard.Embedded.Queues;
using SocialCard.Embedded.Storage;
using SocialCard.Embedded.Timers;
using SocialCard.Functions.Api;
using SocialCard.Functions.Storage;

namespace SocialCard.Embedded;

/// <summary>
/// The one-machine Functions host: HTTP, queue and timer triggers, and the durable engine, in one process on one storage account.
/// Disposing it stops taking work, finishes what runs, and stops the Azurite it may have started.
/// </summary>
internal sealed class EmbeddedHost(EmbeddedHostOptions options, EmbeddedApp app) : IAsyncDisposable
{
    private readonly HostSettings settings = HostSettings.Load(options.ContentRoot);
    private readonly LocalFolders folders = LocalFolders.Find(options.DataFolder);
    private WebApplication? web;
    private FunctionCatalog? functions;
    private DirectoryInfo? temporaryKeys;
    private DurableEngine? engine;
    private IAsyncDisposable? timers;
    private SharedAzurite? sharedAzurite;
    private volatile bool ready;
    private bool disposed;

    /// <summary>Where the functions are: the address with the route prefix of host.json, without a slash at its end.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>Completes with one line when the host cannot go on: its lease on the hub is lost, or its Azurite has ended.</summary>
    public Task<string> Failure { get; private set; } = new TaskCompletionSource<string>().Task;

    /// <summary>What the host is ready with, for the console: address, storage, clock.</summary>
    public string ReadyLine { get; private set; } = "";

    public IServiceProvider Services => web?.Services ?? throw new InvalidOperationException("The host has not been built.");
    public DurableEngine Engine => engine ?? throw new InvalidOperationException("The engine has not been started.");
    public HostStorage? Storage { get; private set; }
    public VirtualClock? VirtualClock { get; private set; }
    public IReadOnlyList<QueueListener> Listeners { get; private set; } = [];
    public bool IsReady => ready;
    public string EngineState => engine is null ? "starting" : WorkflowTable?.LeaseLost.IsCompleted == true ? "lease lost" : "ok";

    /// <summary>The workflows' storage where it is the embedded one.</summary>
    public TableOrchestrationService? WorkflowTable { get; private set; }

    private DurableTaskSettings Hub => settings.Extensions.DurableTask;

    /// <summary>Starts a host and answers once it takes requests.</summary>
    /// <exception cref="HostStartException">It cannot start; the message is one line that says why.</exception>
    public static async Task<EmbeddedHost> StartAsync(
        EmbeddedHostOptions options, EmbeddedApp app, CancellationToken cancellation = default)
    {
        var host = new EmbeddedHost(options, app);
        try
        {
            await host.RunAsync(cancellation);
            return host;
        }
        catch (Exception fault)
        {
            await host.DisposeAsync();
            if (host.StartFaultOf(fault) is { } known)
            {
                throw known;
            }

            throw;
        }
    }

    /// <summary>Stops the host as the class describes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        ready = false;

        // What takes work stops first and may still use the engine and the storage while it finishes. These go in the reverse order.
        await using (Storage)
        await using (sharedAzurite)
        await using (web)
        await using (WorkflowTable)
        using (VirtualClock)
        {
            IEnumerable<IAsyncDisposable?> takers = [timers, .. Listeners];
            await Task.WhenAll(takers.Select(taker => taker?.DisposeAsync().AsTask()).Append(web?.StopAsync()).OfType<Task>());
            await (engine?.StopAsync() ?? Task.CompletedTask);
        }

        temporaryKeys?.Delete(recursive: true);
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = options.ContentRoot });
        Configure(builder.Configuration);
        functions = FunctionCatalog.Load(app.Types, builder.Configuration, settings.Extensions.Http.RoutePrefix);

        // Azurite takes its second to start while the container is built.
        var opening = HostStorage.OpenAsync(options, builder.Configuration["AzureWebJobsStorage"], folders, cancellation);
        try
        {
            web = Build(builder);
        }
        finally
        {
            // Whatever Build throws, an Azurite that was started must be known, so that it is stopped.
            await Task.WhenAny(opening);
            Storage = opening.IsCompletedSuccessfully ? opening.Result : null;
        }

        var storage = await opening;
        if (options.Durable is DurableProvider.Embedded)
        {
            await RefuseEarlierHubAsync(storage, cancellation);
        }
        else if (storage is { IsDevelopmentStorage: true, Azurite: null })
        {
            sharedAzurite = new SharedAzurite(storage, folders, options.Progress);
        }

        await SeedAsync(web.Services.GetRequiredService<HostClock>(), cancellation);

        // The engine first: what the app does at its start goes by the host's clock, and may tell workflows.
        engine = web.Services.GetRequiredService<DurableEngine>();
        await engine.StartAsync();
        await web.StartAsync(cancellation);
        BaseAddress = new Uri($"{web.Urls.First()}/{ApiRoute.V1}".TrimEnd('/'));
        Listeners = [.. functions.Queues.Select(function =>
            new QueueListener(function, settings.Extensions.Queues, storage.RawQueues, Services, LoggerOf<QueueListener>()))];
        await Task.WhenAll(Listeners.Select(listener => listener.PrepareAsync(cancellation)));

        var clock = web.Services.GetRequiredService<HostClock>();
        var table = storage.Tables.GetTableClient(Hub.HubName + "Timers");
        var triggers = new TimerTriggers(functions.Timers, table, clock, Services, LoggerOf<TimerTriggers>());
        timers = WorkflowTable is null ? new SharedTimers(triggers, table, LoggerOf<SharedTimers>()).Start() : triggers;
        if (WorkflowTable is not null)
        {
            await triggers.StartAsync(cancellation);
        }

        foreach (var listener in Listeners)
        {
            listener.Start();
        }

        if (options.VirtualClock)
        {
            VirtualClock = new VirtualClock(clock, WorkflowTable!, DrainAsync, triggers.CatchUpAsync);
        }

        var never = Task.Delay(Timeout.Infinite, CancellationToken.None);
        Failure = FailureAsync(WorkflowTable?.LeaseLost ?? never, storage.Azurite?.Exited ?? never);
        ready = true;
        if (options.Demo)
        {
            await app.Demo!.LiveAsync(this, cancellation);
        }

        var time = options.VirtualClock ? FormattableString.Invariant($"virtual {clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}") : "real";
        ReadyLine = $"SocialCard is ready at {BaseAddress} (storage: {storage.Description}, clock: {time})";
    }

    /// <summary>
    /// Workflows of releases before 1.1 are in a table of another form; to leave them unseen would lose what they wait for.
    /// </summary>
    private async Task RefuseEarlierHubAsync(HostStorage storage, CancellationToken cancellation)
    {
        var earlier = Hub.HubName + "Hub";
        await foreach (var found in storage.Tables.QueryAsync(table => table.Name == earlier, cancellationToken: cancellation))
        {
            throw new HostStartException($"The storage holds workflows of an earlier release (table {found.Name}), which this one cannot"
                + " go on with: use another storage, or delete the table.");
        }
    }

    private void Configure(ConfigurationManager configuration)
    {
        configuration.AddEnvironmentVariables().AddInMemoryCollection(options.Settings);
        if (configuration["Keys:Directory"] is null && options.Ephemeral)
        {
            temporaryKeys = Directory.CreateTempSubdirectory("socialcard-keys-");
        }

        configuration["Keys:Directory"] ??= temporaryKeys?.FullName ?? Path.Combine(folders.Data, "keys");
    }

    private WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        // On one machine the key ring lies beside the data that it protects, in the user's own folder: nothing to warn of at every start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        foreach (var (category, level) in settings.Logging.LogLevel)
        {
            builder.Logging.AddFilter(category.Equals("default", StringComparison.OrdinalIgnoreCase) ? null : category, level);
        }

        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddSingleton<HostClock>();
        builder.Services.AddSingleton<TimeProvider>(services => services.GetRequiredService<HostClock>());
        if (options.VirtualClock)
        {
            builder.Services.AddSingleton(new MovableClock(AdminEndpoints.Clock));
        }

        // Resolved once the storage is open, which it is before anything is started.
        builder.Services.AddSingleton(_ => Storage!.Tables);
        builder.Services.AddSingleton(_ => Storage!.CreateQueues(settings.Extensions.Queues.MessageEncoding));
        builder.Services.AddSingleton(_ => new RawQueues(Storage!.RawQueues));
        builder.Services.AddSingleton(_ => Storage!.CreateBlobs());
        builder.Services.AddSingleton(CreateEngine);
        builder.Services.AddSingleton(services => services.GetRequiredService<DurableEngine>().Client);
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(builder.Configuration["Keys:Directory"]!));
        app.AddServices(builder.Services, builder.Configuration);

        var built = builder.Build();
        var pipeline = new HttpPipeline(() => ready, built.Services.GetRequiredService<ILogger<HttpPipeline>>());
        built.Use(next => context => pipeline.HandleAsync(context, next));
        pipeline.Map(built, functions!.Http);
        AdminEndpoints.Map(built, this, options.VirtualClock);
        return built;
    }

    private DurableEngine CreateEngine(IServiceProvider services)
    {
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var clock = services.GetRequiredService<HostClock>();
        var embedded = options.Durable is DurableProvider.Embedded;
        IOrchestrationService provider = embedded
            ? WorkflowTable = new TableOrchestrationService(Storage!.Tables, clock, new HubOptions { HubName = Hub.HubName }, loggers)
            : AzureStorageProvider.Create(Hub, Storage!.ForProvider(), loggers);
        var engineOptions = new DurableEngineOptions(
            Hub.HubName, Hub.DefaultVersion, embedded ? TimeSpan.MaxValue : AzureStorageProvider.LongestTimer, ProviderEndsTurns: embedded);
        return new DurableEngine(provider, functions!.ToDurableFunctions(services), engineOptions, loggers, embedded ? clock : null);
    }

    private async Task SeedAsync(HostClock clock, CancellationToken cancellation)
    {
        var seeded = app.SeedAsync is { } seed && (options.Seed ?? Storage!.IsLocal)
            && await seed(Services, Path.Combine(options.ContentRoot, "sample-data"), cancellation);
        if (options.Demo)
        {
            clock.Restore(seeded && app.Demo is { } demo
                ? -demo.Back
                : throw new HostStartException("--seed demo begins in an empty storage, and this one is not: add --ephemeral."));
        }
    }

    private Task DrainAsync() => Task.WhenAll(Listeners.Select(listener => listener.DrainAsync(CancellationToken.None)));

    private ILogger<T> LoggerOf<T>() => Services.GetRequiredService<ILogger<T>>();

    private static async Task<string> FailureAsync(Task lost, Task azuriteEnded) => await Task.WhenAny(lost, azuriteEnded) == lost
        ? "Another host has taken over the hub; this one stops."
        : "Azurite has ended unexpectedly; the host stops.";

    /// <summary>One line for a fault that the person at the console can mend; null for any other.</summary>
    private HostStartException? StartFaultOf(Exception fault) => fault switch
    {
        HostStartException => null,
        HubLeaseException or OptionsValidationException => Line(fault.Message),
        IOException { InnerException: AddressInUseException } =>
            Line($"Port {options.Port} on 127.0.0.1 is in use; choose another with --port."),
        RequestFailedException refused when !StorageFault.Is(refused) =>
            Line($"The storage refuses a request ({refused.ErrorCode ?? $"{refused.Status}"}): {fault.Message}"),
        // At its start the host reads and binds what is its own; what goes wrong there is not the storage's.
        _ when fault is not IOException && StorageFault.Is(fault) => Line($"The storage does not answer: {fault.Message}"),
        // The app's own data files: a faulty one names itself and the place of the fault.
        _ when fault.GetType().Name.EndsWith("FileException", StringComparison.Ordinal) => new(ConsoleLine.Joined(fault.Message), fault),
        _ => null,
    };

    private static HostStartException Line(string message) => new(ConsoleLine.Of(message));

    /// <summary>The host stops when its owner disposes it; the signals are the owner's too.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
