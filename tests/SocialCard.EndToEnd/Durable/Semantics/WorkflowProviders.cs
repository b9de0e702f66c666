using Azure.Data.Tables;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.AzureStorage;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Functions;

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <summary>
/// An engine that runs the workflows of the tests over one storage provider, on a hub of its own, as long as its tests run.
/// </summary>
public abstract class WorkflowProvider : IAsyncLifetime
{
    private IOrchestrationService service = null!;
    private DurableEngine engine = null!;

    internal DurableTaskClient Client => engine.Client;

    /// <summary>The time that orchestrators see; null where it is the provider's to say.</summary>
    protected virtual TimeProvider? Clock => null;

    public Task InitializeAsync()
    {
        DurableEngineOptions options = Describe("S" + Guid.NewGuid().ToString("N"));
        service = CreateService(options.HubName);
        engine = CreateEngine(options);
        return engine.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await engine.DisposeAsync();
        if (service is IAsyncDisposable owned)
        {
            await owned.DisposeAsync();
        }
    }

    private protected abstract DurableEngineOptions Describe(string hub);

    protected abstract IOrchestrationService CreateService(string hub);

    private DurableEngine CreateEngine(DurableEngineOptions options)
    {
        DurableFunctions functions = new();
        WorkflowSemanticsTests.Register(functions);
        return new(service, functions, options, NullLoggerFactory.Instance, Clock);
    }
}

/// <summary>The provider of ours, over one table.</summary>
public sealed class EmbeddedProvider(AzuriteFixture fixture) : WorkflowProvider
{
    private readonly HostClock clock = new();

    protected override TimeProvider? Clock => clock;

    private protected override DurableEngineOptions Describe(string hub) => new(hub, null, TimeSpan.MaxValue, ProviderEndsTurns: true);

    protected override IOrchestrationService CreateService(string hub) => new TableOrchestrationService(
        new TableServiceClient(fixture.Azurite.ConnectionString), clock, new HubOptions { HubName = hub }, NullLoggerFactory.Instance);
}

/// <summary>The framework's own provider on Azure Storage, which says what the other one has to do.</summary>
public sealed class AzureStorageBackend(AzuriteFixture fixture) : WorkflowProvider
{
    private protected override DurableEngineOptions Describe(string hub) =>
        new(hub, null, AzureStorageProvider.LongestTimer, ProviderEndsTurns: false);

    protected override IOrchestrationService CreateService(string hub) => AzureStorageProvider.Create(
        new DurableTaskSettings
        {
            HubName = hub,
            StorageProvider = new() { PartitionCount = 1, MaxQueuePollingInterval = TimeSpan.FromMilliseconds(100) }
        },
        new StorageAccountClientProvider(fixture.Azurite.ConnectionString),
        NullLoggerFactory.Instance);
}

[Collection(AzuriteFixture.Collection)]
public sealed class EmbeddedSemanticsTests(EmbeddedProvider provider) : WorkflowSemanticsTests(provider), IClassFixture<EmbeddedProvider>;

[Collection(nameof(AzureStorageSemanticsTests))]
public sealed class AzureStorageSemanticsTests(AzureStorageBackend provider)
    : WorkflowSemanticsTests(provider), IClassFixture<AzureStorageBackend>;

/// <summary>An emulator for the backend that asks the most of it.</summary>
[CollectionDefinition(nameof(AzureStorageSemanticsTests))]
public sealed class AzureStorageEmulator : ICollectionFixture<AzuriteFixture>;
