using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using SocialCard.Embedded.Functions;

namespace SocialCard.Embedded.Durable;

/// <summary>What an engine is told of its hub and of the provider that stores it.</summary>
/// <param name="HubName">The task hub.</param>
/// <param name="DefaultVersion">The version of instances that are started without one.</param>
/// <param name="MaximumTimerInterval">The longest timer that the provider keeps; a longer one is made of several.</param>
/// <param name="ProviderEndsTurns">
/// Whether the provider itself waits for turns under way when it is stopped; the framework looks once a second.
/// </param>
internal sealed record DurableEngineOptions(string HubName, string? DefaultVersion, TimeSpan MaximumTimerInterval, bool ProviderEndsTurns);

/// <summary>
/// Runs workflows: the Durable Task Framework's worker and the worker's shims over any storage provider, and a client of the same. What a
/// history means is the framework's to say; how it is stored is the provider's.
/// </summary>
internal sealed class DurableEngine : IAsyncDisposable
{
    private readonly DurableEngineOptions options;
    private readonly TimeProvider? clock;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskHubWorker worker;
    private bool stopped;

    /// <summary>
    /// Prepares an engine; nothing happens before <see cref="StartAsync"/>. The clock, if any, is the time that orchestrators see.
    /// </summary>
    public DurableEngine(
        IOrchestrationService service,
        DurableFunctions functions,
        DurableEngineOptions options,
        ILoggerFactory loggers,
        TimeProvider? clock = null)
    {
        (this.options, this.clock) = (options, clock);
        var masked = new MaskedLoggers(loggers);
        var converter = JsonDataConverter.Default;
        var shims = new DurableTaskShimFactory(
            new DurableTaskWorkerOptions
            {
                DataConverter = converter,
                MaximumTimerInterval = options.MaximumTimerInterval,
                Versioning = new() { DefaultVersion = options.DefaultVersion ?? "" },
            },
            masked);
        var byName = new FunctionShims(functions, shims, converter, masked, stopping.Token);
        worker = new TaskHubWorker(service, byName, byName, masked) { ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails };
        worker.AddOrchestrationDispatcherMiddleware(TakeTurnAsync);
        worker.AddActivityDispatcherMiddleware(RunActivityAsync);
        Client = new EngineClient(options, (IOrchestrationServiceClient)service, converter);
    }

    public DurableTaskClient Client { get; }

    public async Task StartAsync()
    {
        await worker.orchestrationService.CreateIfNotExistsAsync();
        await worker.StartAsync();
    }

    /// <summary>Ends the turns under way and cancels activities, which run again where the provider is opened next.</summary>
    public async Task StopAsync()
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        await stopping.CancelAsync();
        await worker.StopAsync(isForced: options.ProviderEndsTurns);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        worker.Dispose();
        stopping.Dispose();
    }

    private async Task TakeTurnAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        OrchestrationRuntimeState state = context.GetProperty<OrchestrationRuntimeState>();
        if (clock is not null)
        {
            // The dispatcher has stamped the turn with the machine's time.
            foreach (OrchestratorStartedEvent turn in state.NewEvents.OfType<OrchestratorStartedEvent>())
            {
                turn.Timestamp = clock.GetUtcNow().UtcDateTime;
            }
        }

        OrchestratorContext.RunFor(state.ParentInstance);
        using Activity? span = DurableTracing.Turn(state);
        await next();
        if (span is not null && context.GetProperty<OrchestratorExecutionResult>() is { } result)
        {
            DurableTracing.Pass(span, result.Actions);
        }
    }

    private static async Task RunActivityAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        using Activity? span = DurableTracing.Run(context.GetProperty<TaskScheduledEvent>());
        await next();
        if (context.GetProperty<ActivityExecutionResult>()?.ResponseEvent is TaskFailedEvent)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }
}
