using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// Runs orchestrations with Durable Task's semantics in one process, on one table. What a client's call reports as done is stored; what
/// a dead process left under way is taken up by the next <see cref="StartAsync"/>. One engine at a time writes a hub.
/// </summary>
public sealed partial class DurableEngine : IAsyncDisposable
{
    private static readonly TimeSpan RefillRetryDelay = TimeSpan.FromSeconds(10);

    // An activity that does not heed its cancellation must not keep the host from ending.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly DurableFunctions functions;
    private readonly HostClock clock;
    private readonly DurableEngineOptions options;
    private readonly ILoggerFactory loggers;
    private readonly ILogger logger;
    private readonly TableClient table;
    private readonly InstanceStore store;
    private readonly InstanceActors actors;
    private readonly InstanceWatch watch = new();
    private readonly Quiescence quiescence = new();
    private readonly TimerWindow timers = new();
    private readonly SemaphoreSlim advancing = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource leaseLost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubLease? lease;
    private InstanceRunner? runner;
    private Task running = Task.CompletedTask;
    private bool released;
    private bool disposed;

    /// <summary>Prepares an engine; nothing happens before <see cref="StartAsync"/>.</summary>
    /// <param name="tables">The account that holds the hub's table.</param>
    /// <param name="functions">What the engine can run; complete before the start.</param>
    /// <param name="clock">The time that timers go by.</param>
    /// <param name="options">The hub and the engine's bounds.</param>
    /// <param name="loggers">Where the engine and the orchestrators log to.</param>
    public DurableEngine(
        TableServiceClient tables, DurableFunctions functions, HostClock clock, DurableEngineOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(options);
        this.functions = functions;
        this.clock = clock;
        this.options = options;
        this.loggers = loggers;
        logger = loggers.CreateLogger<DurableEngine>();
        table = tables.GetTableClient(TableName(options.HubName));
        store = new(table, JsonDataConverter.Default);
        actors = new(options.MaxLoadedInstances, quiescence);
        Client = new EngineClient(options.HubName, actors, store, watch, JsonDataConverter.Default, stopping.Token);
    }

    /// <summary>Starts, queries and changes instances.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Completes when another host has taken the hub; the engine has then stopped working.</summary>
    public Task LeaseLost => leaseLost.Task;

    /// <summary>Whether no turn, activity or delivery is under way.</summary>
    public bool IsIdle => quiescence.IsIdle;

    /// <summary>How many instances are in memory; those that only wait are not.</summary>
    internal int InstancesInMemory => actors.Count;

    /// <summary>Completes when no turn, activity or delivery is under way.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task WhenSettledAsync(CancellationToken cancellation = default) => quiescence.WhenIdleAsync(cancellation);

    /// <summary>Takes the hub, goes on from its clock, and takes up what an earlier run left under way.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="HubLeaseException">Another host holds the hub.</exception>
    /// <exception cref="RequestFailedException">The storage refuses.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (lease is not null)
            throw new InvalidOperationException("The engine was started before.");
        await table.CreateIfNotExistsAsync(cancellation);
        lease = await HubLease.AcquireAsync(table, options, clock.Real, logger, cancellation);
        clock.Restore(await ReadOffsetAsync(cancellation));
        runner = new(
            store, lease, actors, timers, watch, quiescence, functions, JsonDataConverter.Default, clock, options, loggers);
        await foreach (string instanceId in store.FindWorkAsync(cancellation))
            actors.Post(instanceId, new Wake { IsInternal = true });
        await ExtendWindowAsync(clock.GetUtcNow() + options.TimerWindow, cancellation);
        running = Task.WhenAll(runner.RunAsync(stopping.Token), FireTimersAsync(), StopWhenLostAsync(lease));
    }

    /// <summary>Ends the turns under way, cancels activities (they run again after the next start) and gives the hub back.</summary>
    /// <param name="cancellation">Ends the waiting for turns and activities.</param>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        actors.Close();
        await stopping.CancelAsync();
        await running.WaitAsync(cancellation);
        if (lease is not null && !released)
        {
            await lease.ReleaseAsync(cancellation);
            released = true;
        }
    }

    /// <summary>
    /// Moves the clock forward. What falls due on the way fires in order of its due time, each instant's timers together, with the
    /// clock standing at that instant until all instances have settled.
    /// </summary>
    /// <param name="target">The instant to move to.</param>
    /// <param name="settle">Waits for what the host itself has under way (queues); null where there is nothing.</param>
    /// <param name="cancellation">Ends the move where it stands.</param>
    /// <returns>How many timers have fired.</returns>
    /// <exception cref="ArgumentException">The instant lies before the clock's present.</exception>
    public async Task<int> AdvanceToAsync(DateTimeOffset target, Func<Task>? settle, CancellationToken cancellation = default)
    {
        InstanceRunner started = runner ?? throw new InvalidOperationException("The engine has not been started.");
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token);
        await advancing.WaitAsync(ending.Token);
        try
        {
            DateTimeOffset present = clock.Stand();
            if (target < present)
                throw new ArgumentException($"The clock moves forward only: it is {present:O} already.", nameof(target));

            long firedBefore = started.TimersFired;

            // Stored first: if the process dies on the way, the next one finds all of it overdue, as after a long downtime.
            await StoreOffsetAsync(target - clock.Real.GetUtcNow(), ending.Token);
            await ExtendWindowAsync(target, ending.Token);
            await SettleAsync(settle, ending.Token);
            while (timers.NextDue is { } due && due <= target)
            {
                clock.StandAt(due > clock.GetUtcNow() ? due : clock.GetUtcNow());
                FireDue();
                await SettleAsync(settle, ending.Token);
            }

            clock.StandAt(target);
            return (int)(started.TimersFired - firedBefore);
        }
        finally
        {
            clock.Run();
            try
            {
                if (!stopping.IsCancellationRequested)
                    await StoreOffsetAsync(clock.Offset, CancellationToken.None);
            }
            finally
            {
                advancing.Release();
                timers.Nudge();
            }
        }
    }

    /// <summary>Stops the engine if it runs. The hub is given back where the storage answers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        using CancellationTokenSource patience = new(LongestStop);
        try
        {
            await StopAsync(patience.Token);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException)
        {
            LogNotReleased(exception, options.HubName);
        }

        if (lease is not null)
            await lease.DisposeAsync();
        timers.Dispose();
        advancing.Dispose();
        stopping.Dispose();
    }

    /// <summary>The table of a hub: tables are named by letters and digits.</summary>
    internal static string TableName(string hubName) => string.Concat(hubName.Where(char.IsAsciiLetterOrDigit)) + "Hub";

    private async Task SettleAsync(Func<Task>? settle, CancellationToken cancellation)
    {
        do
        {
            await quiescence.WhenIdleAsync(cancellation);
            if (settle is not null)
                await settle().WaitAsync(cancellation);
        }
        while (!quiescence.IsIdle);
    }

    private void FireDue()
    {
        foreach (string instanceId in timers.TakeDue(clock.GetUtcNow()))
            actors.Post(instanceId, new TimersDue { IsInternal = true });
    }

    private async Task FireTimersAsync()
    {
        try
        {
            while (true)
            {
                // While the clock is being moved, the timers are the mover's.
                TimeSpan pause = options.TimerWindow / 2;
                if (await advancing.WaitAsync(TimeSpan.Zero, stopping.Token))
                {
                    try
                    {
                        pause = await FireAndRefillAsync(pause);
                    }
                    finally
                    {
                        advancing.Release();
                    }
                }

                await timers.WaitAsync(pause, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopping(options.HubName);
        }
    }

    /// <returns>How long to wait for the next timer, at most as long as given.</returns>
    private async Task<TimeSpan> FireAndRefillAsync(TimeSpan longest)
    {
        FireDue();
        DateTimeOffset now = clock.GetUtcNow();
        if (now >= timers.Horizon - (options.TimerWindow / 4))
            await RefillAsync(now);
        TimeSpan pause = timers.NextDue - now ?? longest;
        return TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(pause.TotalMilliseconds), 0, longest.TotalMilliseconds));
    }

    private async Task RefillAsync(DateTimeOffset now)
    {
        while (true)
        {
            try
            {
                await ExtendWindowAsync(now + options.TimerWindow, stopping.Token);
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogRefillFailed(exception, options.HubName);
                await Task.Delay(RefillRetryDelay, stopping.Token);
            }
        }
    }

    private async Task ExtendWindowAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        // First the horizon, then the rows: a timer that is created meanwhile is noted by its own turn.
        timers.Horizon = until;
        await foreach ((string instanceId, DateTimeOffset due) in store.FindTimersAsync(until, cancellation))
            timers.Set(instanceId, due);
    }

    private async Task StopWhenLostAsync(HubLease held)
    {
        Task cancelled = Task.Delay(Timeout.Infinite, stopping.Token);
        if (await Task.WhenAny(held.Lost, cancelled) == cancelled)
            return;
        actors.Close();
        await stopping.CancelAsync();
        leaseLost.TrySetResult();
    }

    private async Task<TimeSpan> ReadOffsetAsync(CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.HubPartition, "clock", cancellationToken: cancellation);
        return found.HasValue ? new TimeSpan(found.Value!.GetInt64("OffsetTicks") ?? 0) : TimeSpan.Zero;
    }

    private async Task StoreOffsetAsync(TimeSpan offset, CancellationToken cancellation)
    {
        TableEntity row = new(InstanceKeys.HubPartition, "clock") { ["OffsetTicks"] = offset.Ticks };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of task hub {Hub} could not be given back; it expires.")]
    private partial void LogNotReleased(Exception exception, string hub);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The timers of task hub {Hub} could not be read; trying again.")]
    private partial void LogRefillFailed(Exception exception, string hub);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The engine of task hub {Hub} is stopping.")]
    private partial void LogStopping(string hub);
}
