using System.Threading.Channels;
using Azure.Data.Tables;
using DurableTask.Core;
using SocialCard.Embedded.Storage;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// A storage provider of the Durable Task Framework for one machine, over one table. What a call reports as done is stored; what a dead
/// process left under way is taken up by the next start. Nothing polls, and instances that only wait are in no memory.
/// </summary>
internal sealed partial class TableOrchestrationService : IOrchestrationService, IAsyncDisposable
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly HubOptions options;
    private readonly HostClock clock;
    private readonly ILogger logger;
    private readonly TableClient table;
    private readonly InstanceStore store;
    private readonly InstanceActors actors;
    private readonly Quiescence quiescence = new();
    private readonly Quiescence turns = new();
    private readonly Channel<TaskActivityWorkItem> activities = Channel.CreateUnbounded<TaskActivityWorkItem>();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource leaseLost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubLease? lease;
    private Task running = Task.CompletedTask;
    private bool stopped;

    /// <summary>Prepares the provider; nothing happens before <see cref="StartAsync"/>. Timers go by the clock.</summary>
    public TableOrchestrationService(TableServiceClient tables, HostClock clock, HubOptions options, ILoggerFactory loggers)
    {
        (this.clock, this.options) = (clock, options);
        logger = loggers.CreateLogger<TableOrchestrationService>();
        table = tables.GetTableClient(TableName(options.HubName));
        store = new(table);
        actors = new(options.MaxLoadedInstances, quiescence);
        Timers = new(table, store, clock, options, actors, logger, stopping.Token);
    }

    public HubTimers Timers { get; }

    /// <summary>Completes when another host has taken the hub; the provider has then stopped working.</summary>
    public Task LeaseLost => leaseLost.Task;

    /// <summary>Whether no turn, activity or delivery is under way.</summary>
    public bool IsIdle => quiescence.IsIdle;

    /// <summary>How many instances are in memory; those that only wait are not.</summary>
    public int InstancesInMemory => actors.Count;
    public int TaskOrchestrationDispatcherCount => 4;
    public int MaxConcurrentTaskOrchestrationWorkItems => options.MaxConcurrentTurns;
    public int TaskActivityDispatcherCount => 1;
    public int MaxConcurrentTaskActivityWorkItems => options.MaxConcurrentActivities;
    public BehaviorOnContinueAsNew EventBehaviourForContinueAsNew => BehaviorOnContinueAsNew.Carryover;

    /// <summary>The table of a hub: tables are named by letters and digits.</summary>
    public static string TableName(string hubName) => string.Concat(hubName.Where(char.IsAsciiLetterOrDigit)) + "Workflows";

    public Task WhenSettledAsync(CancellationToken cancellation = default) => quiescence.WhenIdleAsync(cancellation);

    /// <summary>Takes the hub, goes on from its clock, and takes up what an earlier run left under way.</summary>
    /// <exception cref="HubLeaseException">Another host holds the hub.</exception>
    public async Task StartAsync()
    {
        HubLease held = lease = await HubLease.AcquireAsync(table, options.Lease, logger, stopping.Token);
        Task writing = store.RunAsync(() => held.EnsureHeldAsync(stopping.Token));
        await Timers.OpenAsync();
        await foreach (string work in store.FindAsync(InstanceKeys.AllWork(), stopping.Token))
        {
            actors.Post(InstanceKeys.InstanceOf(work), new Arrival());
        }

        running = Task.WhenAll(writing, Timers.RunAsync(), StopWhenLostAsync(held));
    }

    public Task StopAsync() => StopAsync(isForced: true);

    /// <summary>Ends the turns under way and gives the hub back; activities run again after the next start.</summary>
    public async Task StopAsync(bool isForced)
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        actors.Close();
        await stopping.CancelAsync();
        await turns.WhenIdleAsync(CancellationToken.None);
        store.Close();
        await running;
        await (lease?.ReleaseAsync() ?? Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await (Interlocked.Exchange(ref lease, null)?.DisposeAsync() ?? ValueTask.CompletedTask);
        Timers.Dispose();
        stopping.Dispose();
    }

    public Task CreateIfNotExistsAsync() => table.CreateIfNotExistsAsync();
    public Task CreateAsync() => CreateIfNotExistsAsync();
    public Task CreateAsync(bool recreateInstanceStore) => recreateInstanceStore ? DeleteAsync() : CreateIfNotExistsAsync();
    public Task DeleteAsync() => throw new NotSupportedException("A hub is not thrown away.");
    public Task DeleteAsync(bool deleteInstanceStore) => DeleteAsync();
    public bool IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) => false;

    // A failure concerns one instance, which waits by itself; the others go on.
    public int GetDelayInSecondsAfterOnProcessException(Exception exception) => 0;
    public int GetDelayInSecondsAfterOnFetchException(Exception exception) => 0;
    public Task AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem) => Task.CompletedTask;
    public Task RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) => Task.CompletedTask;
    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) => Task.FromResult(workItem);

    /// <summary>Waits for an instance that has something for its code, whatever time that takes.</summary>
    public async Task<TaskOrchestrationWorkItem?> LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            InstanceActor actor = await actors.Ready.ReadAsync(cancellationToken);
            turns.Enter();
            if (await PrepareAsync(actor) is { } turn)
            {
                return turn;
            }
        }
    }

    public async Task CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem, OrchestrationRuntimeState newOrchestrationRuntimeState, IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages,
        IList<TaskMessage> timerMessages,
        TaskMessage? continuedAsNewMessage,
        OrchestrationState orchestrationState)
    {
        InstanceTurn turn = (InstanceTurn)workItem;
        try
        {
            turn.Append(newOrchestrationRuntimeState, outboundMessages, orchestratorMessages);
            await store.CommitAsync(turn.Actor.Instance!);
            turn.Stored = true;
        }
        catch (Exception failure)
        {
            turn.Failure = failure;
            throw;
        }
    }

    /// <summary>Ends a turn, stored or not.</summary>
    public Task ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        InstanceTurn turn = (InstanceTurn)workItem;
        if (turn.Stored)
        {
            Settle(turn);
        }
        else
        {
            Recover(turn.Actor, turn.Arrivals, turn.Failure ?? new OperationCanceledException("The turn was not taken."), written: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits for an activity to be run, whatever time that takes.</summary>
    public async Task<TaskActivityWorkItem?> LockNextTaskActivityWorkItem(TimeSpan receiveTimeout, CancellationToken cancellationToken) =>
        await activities.Reader.ReadAsync(cancellationToken);

    /// <summary>Hands an activity's result to the turn that takes it. Until that is stored, the activity counts as not run.</summary>
    public Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        actors.Post(responseMessage.OrchestrationInstance.InstanceId, new Arrival { Message = responseMessage, Done = workItem.Id });
        quiescence.Exit();
        return Task.CompletedTask;
    }

    /// <summary>Runs an activity again that could not be brought to an end.</summary>
    public async Task AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem)
    {
        await Task.Delay(FirstRetryDelay);
        activities.Writer.TryWrite(workItem);
    }

    private async Task StopWhenLostAsync(HubLease held)
    {
        Task cancelled = Task.Delay(Timeout.Infinite, stopping.Token);
        if (await Task.WhenAny(held.Lost, cancelled) == cancelled)
        {
            return;
        }

        actors.Close();
        await stopping.CancelAsync();
        store.Close();
        leaseLost.TrySetResult();
    }
}
