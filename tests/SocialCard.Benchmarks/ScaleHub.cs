using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Storage;

namespace SocialCard.Benchmarks;

/// <summary>The embedded engine as a host runs it, alone on its storage.</summary>
internal sealed class ScaleHub : IAsyncDisposable
{
    private readonly HostClock clock = new();
    private readonly TableOrchestrationService hub;
    private readonly DurableEngine engine;

    private ScaleHub(string connection)
    {
        var options = new HubOptions { HubName = "Scale" };
        var counted = new TableClientOptions();
        counted.AddPolicy(Requests, Azure.Core.HttpPipelinePosition.PerRetry);
        hub = new(new TableServiceClient(connection, counted), clock, options, NullLoggerFactory.Instance);
        engine = new(
            hub,
            WaitingWorkflow.Functions,
            new DurableEngineOptions(options.HubName, null, TimeSpan.MaxValue, ProviderEndsTurns: true),
            NullLoggerFactory.Instance,
            clock);
    }

    public StorageOperationCounter Requests { get; } = new();

    private DurableTaskClient Client => engine.Client;

    public static async Task<ScaleHub> OpenAsync(AzuriteProcess emulator)
    {
        var hub = new ScaleHub(emulator.ConnectionString);
        await hub.engine.StartAsync();
        return hub;
    }

    /// <summary>Starts an instance, and completes when it waits.</summary>
    public Task StartAsync(string instanceId, DateTimeOffset deadline) => WaitingWorkflow.StartAsync(Client, instanceId, deadline);

    /// <summary>Raises the event that an instance waits for, and completes when it has ended.</summary>
    public async Task EndAsync(string instanceId)
    {
        await WaitingWorkflow.RaiseAsync(Client, instanceId);
        await Client.WaitForInstanceCompletionAsync(instanceId, CancellationToken.None);
    }

    /// <summary>Moves the clock, and completes when all that fell due has gone on as far as it can.</summary>
    public async Task<int> AdvanceToAsync(DateTimeOffset target)
    {
        using var mover = new VirtualClock(clock, hub, () => Task.CompletedTask, () => Task.FromResult(0));
        return await mover.AdvanceAsync(_ => target, CancellationToken.None) ?? 0;
    }

    public Task SettleAsync() => hub.WhenSettledAsync();

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await hub.DisposeAsync();
    }
}
