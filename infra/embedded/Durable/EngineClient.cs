using System.Runtime.ExceptionServices;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace SocialCard.Embedded.Durable;

/// <summary>The client of an engine in the same process. A call returns once what it asks for is stored.</summary>
internal sealed class EngineClient(
    string hubName, InstanceActors actors, InstanceStore store, InstanceWatch watch, DataConverter converter, CancellationToken stopped)
    : DurableTaskClient(hubName)
{
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        string instanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        StartInstance start = new(orchestratorName.Name, options?.Version?.Version, converter.Serialize(input))
        {
            StartAt = options?.StartAt,
            Tags = options?.Tags,
            KeptStatuses = options?.DedupeStatuses ?? StartInstance.Running,
        };
        await SendAsync(instanceId, start, cancellation);
        return instanceId;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(instanceId, new RaiseEvent(eventName, converter.Serialize(eventPayload)), cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
        => SendAsync(instanceId, new Terminate(converter.Serialize(options?.Output), options?.Recursive ?? false), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
        => SendAsync(instanceId, new Suspend(reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
        => SendAsync(instanceId, new Resume(reason), cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (actors.Find(instanceId) is not { } known)
            return (await store.LoadAsync(instanceId, cancellation))?.Describe(getInputsAndOutputs, converter);
        return getInputsAndOutputs ? known : WithoutData(known);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitForAsync(instanceId, getInputsAndOutputs, instance => instance.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitForAsync(instanceId, getInputsAndOutputs, instance => instance.IsCompleted, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new();
        return Pageable.Create<OrchestrationMetadata>((position, pageSize, cancellation)
            => store.ListAsync(query, position ?? query.ContinuationToken, pageSize ?? query.PageSize, cancellation));
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Purge purge = await watch.WaitAsync(
            instanceId,
            async () =>
            {
                Purge attempt = new();
                await SendAsync(instanceId, attempt, cancellation);
                return attempt;
            },
            attempt => !attempt.Busy,
            cancellation);

        int purged = purge.Purged ? 1 : 0;
        if (options?.Recursive == true)
        {
            foreach (string child in purge.Children)
                purged += (await PurgeInstanceAsync(child, options, cancellation)).PurgedInstanceCount;
        }

        return new(purged, true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (filter.Timeout is { } timeout)
            deadline.CancelAfter(timeout);

        OrchestrationQuery query = new(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        int purged = 0;
        try
        {
            await foreach (OrchestrationMetadata instance in GetAllInstancesAsync(query).WithCancellation(deadline.Token))
            {
                if (instance.IsCompleted)
                    purged += (await PurgeInstanceAsync(instance.InstanceId, options, deadline.Token)).PurgedInstanceCount;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(purged, false);
        }

        return new(purged, true);
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        Instance earlier = await store.LoadAsync(instanceId, cancellation)
            ?? throw new ArgumentException($"There is no orchestration instance with id '{instanceId}'.", nameof(instanceId));
        string id = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        ExecutionStarted start = earlier.Start;
        await SendAsync(id, new StartInstance(start.Name, start.Version, start.Input) { Tags = start.Tags }, cancellation);
        return id;
    }

    // The engine owns what the client uses.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationMetadata WithoutData(OrchestrationMetadata instance) => new(instance.Name, instance.InstanceId)
    {
        RuntimeStatus = instance.RuntimeStatus,
        CreatedAt = instance.CreatedAt,
        LastUpdatedAt = instance.LastUpdatedAt,
        FailureDetails = instance.FailureDetails,
        Tags = instance.Tags,
    };

    private async Task SendAsync(string instanceId, Message message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        actors.Post(instanceId, message);
        if (await message.Outcome.WaitAsync(cancellation) is { } refusal)
            ExceptionDispatchInfo.Throw(refusal);
    }

    private async Task<OrchestrationMetadata> WaitForAsync(
        string instanceId, bool withData, Func<OrchestrationMetadata, bool> satisfies, CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopped);
        OrchestrationMetadata? found = await watch.WaitAsync(
            instanceId,
            () => GetInstancesAsync(instanceId, withData, ending.Token),
            instance => instance is not null && satisfies(instance),
            ending.Token);
        return found!;
    }
}
