#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.
using Azure.Core;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Functions;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Storage;

namespace SocialCard.Benchmarks;

/// <summary>The durable engine alone, in this process: what an instance costs, and how many come from their event to their end.</summary>
internal static class DurableBenchmark
{
    private const string Waiting = "Waiting";
    private const string Step = "Step";

    public static async Task RunAsync()
    {
        await using var azurite = await AzuriteProcess.StartInMemoryAsync(LocalFolders.Find(null).Tools, Console.Error, CancellationToken.None);
        var operations = new StorageOperationCounter();
        var options = new TableClientOptions();
        options.AddPolicy(operations, HttpPipelinePosition.PerRetry);
        var functions = new DurableFunctions();
        functions.AddOrchestrator(Waiting, RunInstanceAsync);
        functions.AddActivity(Step, (call, _) => Task.FromResult<object?>(call.Input));
        var clock = new HostClock();
        await using var hub = new TableOrchestrationService(
            new TableServiceClient(azurite.ConnectionString, options), clock, new HubOptions { HubName = "Benchmark" }, NullLoggerFactory.Instance);
        await using var engine = new DurableEngine(
            hub, functions, new DurableEngineOptions("Benchmark", null, TimeSpan.MaxValue, ProviderEndsTurns: true), NullLoggerFactory.Instance, clock);
        await engine.StartAsync();

        var costs = new OperationTable("Storage operations of one orchestration instance");
        var settle = () => hub.WhenSettledAsync();
        await costs.MeasureAsync("start, timer, event, activity, completion", 200, operations, null, turn => WholeAsync(engine, $"whole-{turn}"), settle);
        await costs.MeasureAsync("  of it: start", 200, operations, null, turn => StartAsync(engine, $"part-{turn}"), settle);
        await costs.MeasureAsync("  of it: event, activity, completion", 200, operations, null, turn => EndAsync(engine, $"part-{turn}"), settle);
        costs.Print();

        var speed = new TextTable("Orchestration instances from event to completion", "in flight", "a second", "p50 ms", "p99 ms");
        foreach (var inFlight in new[] { 1, 32 })
        {
            var load = await MeasureAsync(engine, inFlight);
            speed.Add(inFlight, load.PerSecond, load.P50, load.P99);
        }

        speed.Print();
    }

    /// <summary>The shape of the product's workflows: waits for an event until a day that is far away, then acts.</summary>
    private static async Task<object?> RunInstanceAsync(TaskOrchestrationContext context)
    {
        using var raisedFirst = new CancellationTokenSource();
        var raised = context.WaitForExternalEvent<string>("Go");
        var timer = context.CreateTimer(TimeSpan.FromDays(30), raisedFirst.Token);
        if (await Task.WhenAny(raised, timer) == raised)
        {
#pragma warning disable CA1849 // CancelAsync would cancel the timer on another thread, outside the orchestrator's turn.
            raisedFirst.Cancel();
#pragma warning restore CA1849
        }

        return await context.CallActivityAsync<string>(Step, "x");
    }

    /// <summary>The instances wait before the measurement begins; most of them are then rows only, as they are in practice.</summary>
    private static async Task<Load> MeasureAsync(DurableEngine engine, int inFlight)
    {
        var (warmUp, times) = (InstancesFor(inFlight) / 4, InstancesFor(inFlight));
        await Load.MeasureAsync(32, warmUp + times, turn => StartAsync(engine, $"load-{inFlight}-{turn}"));
        await Load.MeasureAsync(inFlight, warmUp, turn => EndAsync(engine, $"load-{inFlight}-{turn}"));
        return await Load.MeasureAsync(inFlight, times, turn => EndAsync(engine, $"load-{inFlight}-{warmUp + turn}"));
    }

    private static int InstancesFor(int inFlight) => inFlight == 1 ? 1_000 : 4_000;

    private static async Task WholeAsync(DurableEngine engine, string instanceId)
    {
        await StartAsync(engine, instanceId);
        await EndAsync(engine, instanceId);
    }

    private static Task StartAsync(DurableEngine engine, string instanceId) =>
        engine.Client.ScheduleNewOrchestrationInstanceAsync(Waiting, new StartOrchestrationOptions(instanceId));

    private static async Task EndAsync(DurableEngine engine, string instanceId)
    {
        await engine.Client.RaiseEventAsync(instanceId, "Go", "now");
        await engine.Client.WaitForInstanceCompletionAsync(instanceId, CancellationToken.None);
    }
}
