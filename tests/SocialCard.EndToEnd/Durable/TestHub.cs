using Azure.Core;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;

namespace SocialCard.EndToEnd.Durable;

/// <summary>A task hub of its own on a shared emulator, and the engines that follow one another on it.</summary>
internal sealed class TestHub(Azurite azurite) : IAsyncDisposable
{
    private readonly List<DurableEngine> engines = [];

    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    public DurableFunctions Functions { get; } = new();

    public StorageOperationCounter Operations { get; } = new();

    public HostClock Clock { get; private set; } = new();

    public DurableEngineOptions Options { get; init; } = new() { HubName = "T" + Guid.NewGuid().ToString("N") };

    public TableClient Table => new(azurite.ConnectionString, DurableEngine.TableName(Options.HubName));

    public static TestHub On(Azurite azurite) => new(azurite);

    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run) => Functions.AddOrchestrator(name, run);

    public void AddActivity(string name, Func<string?, object?> run) => Functions.AddActivity(name, (call, _) => Task.FromResult(run(call.Input)));

    public DurableEngine Create(StorageFault? fault = null)
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
        DurableEngine engine = new(new TableServiceClient(azurite.ConnectionString, options), Functions, Clock, Options, NullLoggerFactory.Instance);
        engines.Add(engine);
        return engine;
    }

    public async Task<DurableEngine> StartAsync(StorageFault? fault = null)
    {
        DurableEngine engine = Create(fault);
        await engine.StartAsync();
        return engine;
    }

    public static async Task<OrchestrationMetadata> EndAsync(DurableEngine engine, string instanceId)
    {
        using CancellationTokenSource patience = new(Patience);
        return await engine.Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, patience.Token);
    }

    public static async Task SettleAsync(DurableEngine engine) => await engine.WhenSettledAsync().WaitAsync(Patience);

    /// <summary>The row keys of all instances, without the hub's own rows.</summary>
    public async Task<List<string>> RowsAsync()
    {
        List<string> rows = [];
        await foreach (TableEntity row in Table.QueryAsync<TableEntity>())
        {
            if (row.PartitionKey != "hub")
                rows.Add(row.RowKey);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (DurableEngine engine in engines)
            await engine.DisposeAsync();
    }
}
