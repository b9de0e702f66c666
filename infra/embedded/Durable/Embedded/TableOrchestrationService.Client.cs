using System.Runtime.ExceptionServices;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>What clients of the hub ask: a call returns once what it asks for is stored.</summary>
internal sealed partial class TableOrchestrationService
    : IOrchestrationServiceClient, IOrchestrationServiceQueryClient, IOrchestrationServicePurgeClient
{
    private readonly List<(string InstanceId, TaskCompletionSource Changed)> waiting = [];

    /// <summary>Starts an instance.</summary>
    /// <exception cref="DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">
    /// There is one, in one of the statuses that are kept.
    /// </exception>
    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[] dedupeStatuses) =>
        SendAsync(
            creationMessage.OrchestrationInstance.InstanceId,
            new Arrival { Message = creationMessage, Kept = dedupeStatuses, IsClients = true });

    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage) => CreateTaskOrchestrationAsync(creationMessage, []);

    /// <summary>Sends a message to an instance that runs.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it has ended.</exception>
    public Task SendTaskOrchestrationMessageAsync(TaskMessage message) =>
        SendAsync(message.OrchestrationInstance.InstanceId, new Arrival { Message = message, IsClients = true });

    public Task SendTaskOrchestrationMessageBatchAsync(params TaskMessage[] messages) =>
        Task.WhenAll(messages.Select(SendTaskOrchestrationMessageAsync));

    public Task ForceTerminateTaskOrchestrationAsync(string instanceId, string? reason) => SendTaskOrchestrationMessageAsync(
        new() { OrchestrationInstance = new() { InstanceId = instanceId }, Event = new ExecutionTerminatedEvent(-1, reason) });

    public async Task<OrchestrationState> WaitForOrchestrationAsync(
        string instanceId, string? executionId, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await WaitAsync(instanceId, () => FindAsync(instanceId), state => state is not null && !IsRunning(state), cancellationToken)
            .WaitAsync(timeout, cancellationToken))!;

    public async Task<IList<OrchestrationState>> GetOrchestrationStateAsync(string instanceId, bool allExecutions) =>
        await FindAsync(instanceId) is { } state ? [state] : [];

    public async Task<OrchestrationState> GetOrchestrationStateAsync(string instanceId, string? executionId) =>
        (await FindAsync(instanceId))!;

    /// <summary>The history of an instance's present execution, as JSON.</summary>
    public async Task<string> GetOrchestrationHistoryAsync(string instanceId, string? executionId) =>
        HistoryText.Write((await store.LoadAsync(instanceId, stopping.Token))?.History ?? []);

    public Task<OrchestrationQueryResult> GetOrchestrationWithQueryAsync(OrchestrationQuery query, CancellationToken cancellationToken) =>
        store.ListAsync(query, cancellationToken);

    /// <summary>Deletes an instance that has ended, once what it left to be done has been done.</summary>
    public async Task<PurgeResult> PurgeInstanceStateAsync(string instanceId)
    {
        bool running = false;
        await WaitAsync(
            instanceId,
            async () =>
            {
                Arrival purge = new() { Purges = true, IsClients = true };
                await SendAsync(instanceId, purge);
                return purge.Found;
            },
            state => state is null || (running = IsRunning(state)),
            CancellationToken.None);
        return new(running ? 0 : 1, true);
    }

    /// <summary>Deletes the instances that a filter selects and that have ended.</summary>
    public async Task<PurgeResult> PurgeInstanceStateAsync(PurgeInstanceFilter purgeInstanceFilter)
    {
        using CancellationTokenSource deadline = new(purgeInstanceFilter.Timeout ?? Timeout.InfiniteTimeSpan);
        OrchestrationQuery query = new()
        {
            CreatedTimeFrom = purgeInstanceFilter.CreatedTimeFrom,
            CreatedTimeTo = purgeInstanceFilter.CreatedTimeTo,
            RuntimeStatus = purgeInstanceFilter.RuntimeStatus?.ToList(),
        };
        int purged = 0;
        do
        {
            OrchestrationQueryResult page = await store.ListAsync(query, stopping.Token);
            foreach (OrchestrationState state in page.OrchestrationState.Where(state => !IsRunning(state)))
            {
                if (deadline.IsCancellationRequested)
                {
                    return new(purged, false);
                }

                purged += (await PurgeInstanceStateAsync(state.OrchestrationInstance.InstanceId)).DeletedInstanceCount;
            }

            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);
        return new(purged, true);
    }

    public Task PurgeOrchestrationHistoryAsync(DateTime thresholdDateTimeUtc, OrchestrationStateTimeRangeFilterType timeRangeFilterType) =>
        throw new NotSupportedException("Instances are purged with their history.");

    private static bool IsRunning(OrchestrationState state) =>
        state.OrchestrationStatus is OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.Suspended;

    private async Task SendAsync(string instanceId, Arrival arrival)
    {
        actors.Post(instanceId, arrival);
        if (await arrival.Outcome is { } refusal)
        {
            ExceptionDispatchInfo.Throw(refusal);
        }
    }

    /// <summary>
    /// An instance as it was stored last; one that is not in memory is loaded by its turn, which the next message then finds loaded.
    /// </summary>
    private async Task<OrchestrationState?> FindAsync(string instanceId)
    {
        if (actors.Find(instanceId) is { } known)
        {
            return known;
        }

        Arrival look = new() { IsClients = true };
        await SendAsync(instanceId, look);
        return look.Found;
    }

    /// <summary>Reads until what is read satisfies; between two readings waits for a stored turn of the instance.</summary>
    private async Task<T> WaitAsync<T>(string instanceId, Func<Task<T>> read, Func<T, bool> satisfies, CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token);
        while (true)
        {
            (string, TaskCompletionSource) mine = (instanceId, new(TaskCreationOptions.RunContinuationsAsynchronously));
            lock (waiting)
            {
                waiting.Add(mine);
            }

            try
            {
                T value = await read().WaitAsync(ending.Token);
                if (satisfies(value))
                {
                    return value;
                }

                await mine.Item2.Task.WaitAsync(ending.Token);
            }
            finally
            {
                lock (waiting)
                {
                    waiting.Remove(mine);
                }
            }
        }
    }

    private void Signal(string instanceId)
    {
        lock (waiting)
        {
            foreach ((string id, TaskCompletionSource changed) in waiting)
            {
                if (id == instanceId)
                {
                    changed.TrySetResult();
                }
            }
        }
    }
}
