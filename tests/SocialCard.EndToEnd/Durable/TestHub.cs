using Azure.Core;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Functions;
using SocialCard.Embedded.Storage;

namespace SocialCard.EndToEnd.Durable;

/// <summary>A task hub of its own on a shared emulator, and the engines that follow one another on it.</summary>
internal sealed class TestHub(Azurite azurite) : IAsyncDisposable
{
    private readonly List<TestEngine> engines = [];

    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    public DurableFunctions Functions { get; } = new();

    public StorageOperationCounter Operations { get; } = new();

    public HostClock Clock { get; private set; } = new();

    public HubOptions Options { get; init; } = new() { HubName = "T" + Guid.NewGuid().ToString("N") };

    public TableClient Table => new(azurite.ConnectionString, TableOrchestrationService.TableName(Options.HubName));

    public static TestHub On(Azurite azurite) => new(azurite);

    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run) => Functions.AddOrchestrator(name, run);

    public void AddActivity(string name, Func<string?, object?> run) =>
        Functions.AddActivity(name, (call, _) => Task.FromResult(run(call.Input)));

    public TestEngine Create(StorageFault? fault = null)
    {
        TableClientOptions options = new();
        options.AddPolicy(Operations, HttpPipelinePosition.PerRetry);
        if (fault is not null)
        {
            options.Retry.MaxRetries = fault.Once ? 3 : 0;
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
            options.AddPolicy(fault, HttpPipelinePosition.PerRetry);
        }

        Clock = new();
        TestEngine engine = new(new TableServiceClient(azurite.ConnectionString, options), Functions, Clock, Options);
        engines.Add(engine);
        return engine;
    }

    public async Task<TestEngine> StartAsync(StorageFault? fault = null)
    {
        TestEngine engine = Create(fault);
        await engine.StartAsync();
        return engine;
    }

    public static async Task<OrchestrationMetadata> EndAsync(TestEngine engine, string instanceId)
    {
        using CancellationTokenSource patience = new(Patience);
        return await engine.Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, patience.Token);
    }

    public static async Task SettleAsync(TestEngine engine) => await engine.WhenSettledAsync().WaitAsync(Patience);

    /// <summary>The row keys of all instances, without the hub's own rows.</summary>
    public async Task<List<string>> RowsAsync() =>
    [
        .. (await StorageContents.RowsAsync(azurite.ConnectionString, Table.Name))
            .Select(row => row.RowKey).Where(key => key is not ("lease" or "clock")),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (TestEngine engine in engines)
        {
            await engine.DisposeAsync();
        }
    }
}

/// <summary>The engine over our own provider.</summary>
internal sealed class TestEngine(TableServiceClient tables, DurableFunctions functions, HostClock clock, HubOptions options)
    : IAsyncDisposable
{
    private readonly TableOrchestrationService service = new(tables, clock, options, NullLoggerFactory.Instance);
    private DurableEngine? engine;

    public DurableTaskClient Client => Engine.Client;

    public Task LeaseLost => service.LeaseLost;

    public int InstancesInMemory => service.InstancesInMemory;

    private DurableEngine Engine => engine ??= new(
        service,
        functions,
        new DurableEngineOptions(options.HubName, null, TimeSpan.MaxValue, ProviderEndsTurns: true),
        NullLoggerFactory.Instance,
        clock);

    public Task StartAsync() => Engine.StartAsync();

    public Task StopAsync() => Engine.StopAsync();

    public Task WhenSettledAsync(CancellationToken cancellation = default) => service.WhenSettledAsync(cancellation);

    public Task<int> AdvanceToAsync(DateTimeOffset target, Func<Task>? settle) =>
        AdvanceAsync(target, settle ?? (() => Task.CompletedTask));

    private async Task<int> AdvanceAsync(DateTimeOffset target, Func<Task> settle) =>
        await new VirtualClock(clock, service, settle, () => Task.FromResult(0)).AdvanceAsync(
            now => target >= now ? target : null, CancellationToken.None)
        ?? throw new ArgumentException("The clock moves forward only.", nameof(target));

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await service.DisposeAsync();
    }
}
