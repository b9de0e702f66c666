using System.Collections.Immutable;
using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using DurableTask.Core.Tracing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Durable.Embedded;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// The client of a hub over the framework's own client interfaces. Like that of the Functions host it refuses what is said to an instance
/// that does not exist or has ended.
/// </summary>
internal sealed class EngineClient(DurableEngineOptions options, IOrchestrationServiceClient service, DataConverter converter)
    : DurableTaskClient(options.HubName)
{
    // An instance that runs is not replaced; one that has ended is, under the same id.
    private static readonly OrchestrationStatus[] Running =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ExecutionStartedEvent start = new(-1, converter.Serialize(input))
        {
            Name = orchestratorName.Name,
            Version = options?.Version?.Version,
            ScheduledStartTime = options?.StartAt?.UtcDateTime,
            Tags = options?.Tags is { Count: > 0 } tags ? tags.ToDictionary() : null,
        };
        return await StartAsync(
            options?.InstanceId,
            start,
            options?.DedupeStatuses?.Select(Enum.Parse<OrchestrationStatus>).ToArray() ?? Running,
            cancellation);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        EventRaisedEvent raised = new(-1, converter.Serialize(eventPayload)) { Name = eventName, ParentTraceContext = Trace() };
        return SendAsync(instanceId, raised, cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        RefuseRecursion(options?.Recursive);
        return SendAsync(instanceId, new ExecutionTerminatedEvent(-1, converter.Serialize(options?.Output)), cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
        => SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
        => SendAsync(instanceId, new ExecutionResumedEvent(-1, reason), cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => await StateAsync(instanceId, cancellation) is { } state ? Describe(state, getInputsAndOutputs) : null;

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        while (true)
        {
            OrchestrationMetadata? found = await GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
            if (found is { RuntimeStatus: not OrchestrationRuntimeStatus.Pending } started)
            {
                return started;
            }

            await Task.Delay(200, cancellation);
        }
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => Describe(await service.WaitForOrchestrationAsync(instanceId, null, Timeout.InfiniteTimeSpan, cancellation), getInputsAndOutputs);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        Pageable.Create(async (position, pageSize, cancellation) =>
        {
            DurableTask.Core.Query.OrchestrationQuery query = new()
            {
                RuntimeStatus = filter?.Statuses?.Select(Core).ToList(),
                CreatedTimeFrom = filter?.CreatedFrom?.UtcDateTime,
                CreatedTimeTo = filter?.CreatedTo?.UtcDateTime,
                InstanceIdPrefix = filter?.InstanceIdPrefix,
                FetchInputsAndOutputs = filter?.FetchInputsAndOutputs ?? false,
                PageSize = pageSize ?? filter?.PageSize ?? OrchestrationQuery.DefaultPageSize,
                ContinuationToken = position ?? filter?.ContinuationToken,
            };
            var found = await ((IOrchestrationServiceQueryClient)service).GetOrchestrationWithQueryAsync(query, cancellation);
            return new Page<OrchestrationMetadata>(
                [.. found.OrchestrationState.Select(state => Describe(state, query.FetchInputsAndOutputs))], found.ContinuationToken);
        });

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        RefuseRecursion(options?.Recursive);
        return await StateAsync(instanceId, cancellation) is { } state && !Running.Contains(state.OrchestrationStatus)
            ? Describe(await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(instanceId))
            : new(0, true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        RefuseRecursion(options?.Recursive);
        PurgeInstanceFilter ended = new(
            filter.CreatedFrom?.UtcDateTime ?? DateTime.UnixEpoch,
            filter.CreatedTo?.UtcDateTime,
            filter.Statuses?.Select(Core).Except(Running) ?? Enum.GetValues<OrchestrationStatus>().Except(Running))
        { Timeout = filter.Timeout };
        return Describe(await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(ended));
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        OrchestrationState earlier = await StateAsync(instanceId, cancellation)
            ?? throw new ArgumentException($"There is no orchestration instance with id '{instanceId}'.", nameof(instanceId));
        ExecutionStartedEvent again = new(-1, earlier.Input) { Name = earlier.Name, Version = earlier.Version, Tags = earlier.Tags };
        return await StartAsync(restartWithNewInstanceId ? null : instanceId, again, Running, cancellation);
    }

    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(
        string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var history = await service.GetOrchestrationHistoryAsync(instanceId, null).WaitAsync(cancellation);
        return HistoryText.Read<List<HistoryEvent>>(history);
    }

    // The engine owns what the client uses.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> StartAsync(
        string? instanceId, ExecutionStartedEvent start, OrchestrationStatus[] kept, CancellationToken cancellation)
    {
        start.OrchestrationInstance =
            new() { InstanceId = instanceId ?? Guid.NewGuid().ToString("N"), ExecutionId = Guid.NewGuid().ToString("N") };
        start.Version ??= options.DefaultVersion ?? "";
        start.ParentTraceContext = Trace();
        await service.CreateTaskOrchestrationAsync(new() { OrchestrationInstance = start.OrchestrationInstance, Event = start }, kept)
            .WaitAsync(cancellation);
        return start.OrchestrationInstance.InstanceId;
    }

    private async Task SendAsync(string instanceId, HistoryEvent message, CancellationToken cancellation)
    {
        OrchestrationState? state = await StateAsync(instanceId, cancellation);
        if (state is null || !Running.Contains(state.OrchestrationStatus))
        {
            string standing = state is null ? "does not exist" : $"is {state.OrchestrationStatus}";
            throw new InvalidOperationException(
                $"Orchestration instance '{instanceId}' {standing}: {message.EventType} is refused.");
        }

        await service.SendTaskOrchestrationMessageAsync(
            new() { OrchestrationInstance = new() { InstanceId = instanceId }, Event = message }).WaitAsync(cancellation);
    }

    private async Task<OrchestrationState?> StateAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return (await service.GetOrchestrationStateAsync(instanceId, allExecutions: false).WaitAsync(cancellation)).FirstOrDefault();
    }

    private OrchestrationMetadata Describe(OrchestrationState state, bool withData) =>
        new(state.Name, state.OrchestrationInstance.InstanceId)
        {
            DataConverter = withData ? converter : null,
            RuntimeStatus = Enum.Parse<OrchestrationRuntimeStatus>(state.OrchestrationStatus.ToString()),
            CreatedAt = new(DateTime.SpecifyKind(state.CreatedTime, DateTimeKind.Utc)),
            LastUpdatedAt = new(DateTime.SpecifyKind(state.LastUpdatedTime, DateTimeKind.Utc)),
            SerializedInput = withData ? state.Input : null,
            SerializedOutput = withData ? state.Output : null,
            SerializedCustomStatus = withData ? state.Status : null,
            FailureDetails = Describe(state.FailureDetails),
            Tags = state.Tags?.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty,
        };

    private static TaskFailureDetails? Describe(FailureDetails? failure) => failure is null
        ? null
        : new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Describe(failure.InnerFailure), failure.Properties);

    private static PurgeResult Describe(DurableTask.Core.PurgeResult result) => new(result.DeletedInstanceCount, result.IsComplete ?? true);

    private static OrchestrationStatus Core(OrchestrationRuntimeStatus status) => Enum.Parse<OrchestrationStatus>(status.ToString());

    private static DistributedTraceContext? Trace() => Activity.Current is { Id: { } id } span ? new(id, span.TraceStateString) : null;

    private static void RefuseRecursion(bool? recursive)
    {
        if (recursive == true)
        {
            throw new NotSupportedException("Sub-orchestrations are not reached through their parent; name each.");
        }
    }
}
