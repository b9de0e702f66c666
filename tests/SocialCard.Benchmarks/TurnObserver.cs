using System.Collections.Concurrent;
using System.Reflection;
using DurableTask.Core;

namespace SocialCard.Benchmarks;

/// <summary>
/// Stands before a storage provider and tells when a turn is stored: the same for every provider, where their own clients poll or listen.
/// </summary>
#pragma warning disable CA1852 // The proxy is a subtype that is made at run time.
internal class TurnObserver : DispatchProxy
#pragma warning restore CA1852
{
    private readonly ConcurrentDictionary<(string InstanceId, OrchestrationStatus Status), TaskCompletionSource> expected = new();
    private IOrchestrationService inner = null!;

    public static (IOrchestrationService Service, TurnObserver Observer) Before(IOrchestrationService inner)
    {
        var service = Create<IObservedService, TurnObserver>();
        var observer = (TurnObserver)(object)service;
        observer.inner = inner;
        return (service, observer);
    }

    /// <summary>Completes when a turn is stored that leaves the instance in a status; to be called before the turn can be taken.</summary>
    public Task ExpectAsync(string instanceId, OrchestrationStatus status) =>
        expected.GetOrAdd((instanceId, status), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, args, null);
        return targetMethod.Name == nameof(IOrchestrationService.CompleteTaskOrchestrationWorkItemAsync)
            ? TellAsync((Task)result!, (TaskOrchestrationWorkItem)args![0]!, (OrchestrationState)args[^1]!)
            : result;
    }

    private async Task TellAsync(Task storing, TaskOrchestrationWorkItem turn, OrchestrationState state)
    {
        await storing;
        if (expected.TryRemove((turn.InstanceId, state.OrchestrationStatus), out var told))
        {
            told.SetResult();
        }
    }
}

/// <summary>What an engine asks of its provider.</summary>
internal interface IObservedService : IOrchestrationService, IOrchestrationServiceClient;
