using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.AzureStorage;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Storage;

namespace SocialCard.Benchmarks;

/// <summary>An engine over one of the providers, whose stored turns and storage requests are observed.</summary>
internal sealed class ObservedEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DurableEngine engine;
    private readonly TurnObserver observer;
    private readonly StorageOperationCounter operations;
    private readonly IAsyncDisposable? provider;

    private ObservedEngine(
        IOrchestrationService service, DurableEngineOptions options, StorageOperationCounter operations, HostClock? clock)
    {
        (var observed, observer) = TurnObserver.Before(service);
        engine = new DurableEngine(observed, WaitingWorkflow.Functions, options, NullLoggerFactory.Instance, clock);
        provider = service as IAsyncDisposable;
        this.operations = operations;
    }

    /// <summary>The requests to the table, queue and blob services so far.</summary>
    public long Requests => operations.Total;

    /// <summary>The single-writer provider on one table.</summary>
    public static ObservedEngine Embedded(string connection)
    {
        var (operations, clock) = (new StorageOperationCounter(), new HostClock());
        var tables = new TableServiceClient(connection, Counted(new TableClientOptions(), operations));
        var hub = new HubOptions { HubName = "Embedded" };
        return new(
            new TableOrchestrationService(tables, clock, hub, NullLoggerFactory.Instance),
            new DurableEngineOptions(hub.HubName, null, TimeSpan.MaxValue, ProviderEndsTurns: true),
            operations,
            clock);
    }

    /// <summary>The framework's own provider, with the settings of the repository's host.json.</summary>
    public static ObservedEngine AzureStorage(string connection)
    {
        var operations = new StorageOperationCounter();
        var storage = new StorageAccountClientProvider(
            StorageServiceClientProvider.ForBlob(connection, Counted(new BlobClientOptions(), operations)),
            StorageServiceClientProvider.ForQueue(connection, Counted(new QueueClientOptions(), operations)),
            StorageServiceClientProvider.ForTable(connection, Counted(new TableClientOptions(), operations)));
        var hub = HostSettings.Load(AppContext.BaseDirectory).Extensions.DurableTask;
        return new(
            AzureStorageProvider.Create(hub, storage, NullLoggerFactory.Instance),
            new DurableEngineOptions(hub.HubName, null, AzureStorageProvider.LongestTimer, ProviderEndsTurns: false),
            operations,
            clock: null);
    }

    public Task OpenAsync() => engine.StartAsync();

    /// <summary>Starts an instance, and completes when its first turn is stored and it waits.</summary>
    public async Task StartAsync(string instanceId)
    {
        var waits = observer.ExpectAsync(instanceId, OrchestrationStatus.Running);
        await WaitingWorkflow.StartAsync(engine.Client, instanceId, DateTimeOffset.UtcNow.AddDays(100));
        await waits.WaitAsync(Patience);
    }

    /// <summary>Raises the event that an instance waits for, and completes when its end is stored.</summary>
    public async Task EndAsync(string instanceId)
    {
        var ends = observer.ExpectAsync(instanceId, OrchestrationStatus.Completed);
        await WaitingWorkflow.RaiseAsync(engine.Client, instanceId);
        await ends.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        if (provider is not null)
        {
            await provider.DisposeAsync();
        }
    }

    private static T Counted<T>(T options, StorageOperationCounter operations)
        where T : ClientOptions
    {
        options.AddPolicy(operations, HttpPipelinePosition.PerRetry);
        return options;
    }
}
