using System.Runtime.ExceptionServices;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>What clients of the hub ask: a call returns once what it asks for is stored.</summary>
public sealed partial class TableOrchestrationService : IOrchestrationServiceClient, IOrchestrationServiceQueryClient, IOrchestrationServicePurgeClient
{
    /// <inheritdoc/>
    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage) => CreateTaskOrchestrationAsync(creationMessage, []);

    /// <summary>Starts an instance.</summary>
    /// <exception cref="DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">There is one, in one of the statuses that are kept.</exception>
    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[] dedupeStatuses) =>
        SendAsync(IdOf(creationMessage), new Arrival { Message = creationMessage, Kept = dedupeStatuses, IsClients = true });

    /// <summary>Sends a message to an instance that runs.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it has ended.</exception>
    public Task SendTaskOrchestrationMessageAsync(TaskMessage message) =>
        SendAsync(IdOf(message), new Arrival { Message = message, IsClients = true });

    /// <inheritdoc/>
    public Task SendTaskOrchestrationMessageBatchAsync(params TaskMessage[] messages) => Task.WhenAll(messages.Select(SendTaskOrchestrationMessageAsync));

    /// <inheritdoc/>
    public Task ForceTerminateTaskOrchestrationAsync(string instanceId, string? reason) => SendTaskOrchestrationMessageAsync(
        new() { OrchestrationInstance = new() { InstanceId = instanceId }, Event = new ExecutionTerminatedEvent(-1, reason) });

    /// <summary>Waits for the end of an instance.</summary>
    public Task<OrchestrationState> WaitForOrchestrationAsync(string instanceId, string? executionId, TimeSpan timeout, CancellationToken cancellationToken) =>
        watch.WaitAsync(
            instanceId,
            () => FindAsync(instanceId),
            state => state is { OrchestrationStatus: not (OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.Suspended) },
            timeout,
            stopping.Token,
            cancellationToken)!;

    /// <inheritdoc/>
    public async Task<IList<OrchestrationState>> GetOrchestrationStateAsync(string instanceId, bool allExecutions) =>
        await FindAsync(instanceId) is { } state ? [state] : [];

    /// <inheritdoc/>
    public async Task<OrchestrationState> GetOrchestrationStateAsync(string instanceId, string? executionId) => (await FindAsync(instanceId))!;

    /// <summary>The history of an instance's present execution, as JSON.</summary>
    public async Task<string> GetOrchestrationHistoryAsync(string instanceId, string? executionId) =>
        HistoryText.Write((await store.LoadAsync(instanceId, stopping.Token))?.History ?? []);

    /// <inheritdoc/>
    public Task<OrchestrationQueryResult> GetOrchestrationWithQueryAsync(OrchestrationQuery query, CancellationToken cancellationToken) =>
        store.ListAsync(query, cancellationToken);

    /// <summary>Deletes an instance that has ended and left nothing to be done.</summary>
    public async Task<PurgeResult> PurgeInstanceStateAsync(string instanceId)
    {
        // What it left may be under way still.
        await watch.WaitAsync(
            instanceId,
            async () =>
            {
                await SendAsync(instanceId, new Arrival { Purges = true, IsClients = true });
                return await FindAsync(instanceId);
            },
            state => state is null or { OrchestrationStatus: OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.Suspended },
            Timeout.InfiniteTimeSpan,
            stopping.Token);
        return new(await FindAsync(instanceId) is null ? 1 : 0, true);
    }

    /// <summary>Deletes the instances that a filter selects and that have ended.</summary>
    public async Task<PurgeResult> PurgeInstanceStateAsync(PurgeInstanceFilter purgeInstanceFilter)
    {
        ArgumentNullException.ThrowIfNull(purgeInstanceFilter);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        if (purgeInstanceFilter.Timeout is { } timeout)
            deadline.CancelAfter(timeout);
        OrchestrationQuery query = new()
        {
            CreatedTimeFrom = purgeInstanceFilter.CreatedTimeFrom,
            CreatedTimeTo = purgeInstanceFilter.CreatedTimeTo,
            RuntimeStatus = purgeInstanceFilter.RuntimeStatus?.ToList(),
        };
        int purged = 0;
        try
        {
            do
            {
                OrchestrationQueryResult page = await store.ListAsync(query, deadline.Token);
                foreach (OrchestrationState state in page.OrchestrationState.Where(state => state.CompletedTime < DateTime.MaxValue))
                {
                    deadline.Token.ThrowIfCancellationRequested();
                    purged += (await PurgeInstanceStateAsync(state.OrchestrationInstance.InstanceId)).DeletedInstanceCount;
                }

                query.ContinuationToken = page.ContinuationToken;
            }
            while (query.ContinuationToken is not null);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new(purged, false);
        }

        return new(purged, true);
    }

    /// <inheritdoc/>
    public Task PurgeOrchestrationHistoryAsync(DateTime thresholdDateTimeUtc, OrchestrationStateTimeRangeFilterType timeRangeFilterType) =>
        throw new NotSupportedException("Instances are purged with their history.");

    private static string IdOf(TaskMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.OrchestrationInstance.InstanceId;
    }

    private async Task SendAsync(string instanceId, Arrival arrival)
    {
        actors.Post(instanceId, arrival);
        if (await arrival.Outcome is { } refusal)
            ExceptionDispatchInfo.Throw(refusal);
    }

    /// <summary>An instance as it was stored last; one that is not in memory is loaded by its turn, which the next message then finds loaded.</summary>
    private async Task<OrchestrationState?> FindAsync(string instanceId)
    {
        if (actors.Find(instanceId) is { } known)
            return known;
        Arrival look = new() { IsClients = true };
        await SendAsync(instanceId, look);
        return look.Found;
    }
}
