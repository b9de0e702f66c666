using System.Text.Json;
using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;

namespace SocialCard.Embedded.Durable;

/// <summary>The orchestrators as the framework asks for them: a new shim for every execution. One without code fails its instance.</summary>
internal sealed class OrchestratorShims(DurableFunctions functions, DurableTaskShimFactory shims, DataConverter converter, ILoggerFactory loggers)
    : INameVersionObjectManager<TaskOrchestration>
{
    public void Add(ObjectCreator<TaskOrchestration> creator) => throw new NotSupportedException("Orchestrators are added to the functions.");

    public TaskOrchestration GetObject(string name, string? version)
    {
        Func<TaskOrchestrationContext, Task<object?>> run = functions.TryGetOrchestrator(name, out var known)
            ? known
            : _ => throw new InvalidOperationException($"There is no orchestrator named '{name}' in this host.");
        return shims.CreateOrchestration(name, new Orchestrator(run, converter, loggers));
    }

    private sealed class Orchestrator(Func<TaskOrchestrationContext, Task<object?>> run, DataConverter converter, ILoggerFactory loggers)
        : ITaskOrchestrator
    {
        public Type InputType => typeof(object);

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) =>
            run(new OrchestratorContext(context, ((JsonElement?)input)?.GetRawText(), converter, loggers));
    }
}

/// <summary>The activities as the framework asks for them. One without code fails its caller.</summary>
internal sealed class ActivityShims(DurableFunctions functions, DurableTaskShimFactory shims, CancellationToken stopping)
    : INameVersionObjectManager<TaskActivity>
{
    public void Add(ObjectCreator<TaskActivity> creator) => throw new NotSupportedException("Activities are added to the functions.");

    public TaskActivity GetObject(string name, string? version)
    {
        Func<ActivityCall, CancellationToken, Task<object?>> run = functions.TryGetActivity(name, out var known)
            ? known
            : (_, _) => throw new InvalidOperationException($"There is no activity named '{name}' in this host.");
        return shims.CreateActivity(name, new Activity(run, stopping));
    }

    private sealed class Activity(Func<ActivityCall, CancellationToken, Task<object?>> run, CancellationToken stopping) : ITaskActivity
    {
        public Type InputType => typeof(object);

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskActivityContext context, object? input) =>
            run(new(context.Name, context.InstanceId, ((JsonElement?)input)?.GetRawText()), stopping);
    }
}
