using Azure;
using Azure.Data.Tables;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>The hub's time: fires timers when they fall due, and moves the host's clock forward over them.</summary>
public sealed partial class HubClock : IDisposable
{
    private const string OffsetRow = "clock";

    private static readonly TimeSpan RefillRetryDelay = TimeSpan.FromSeconds(10);

    private readonly TableClient table;
    private readonly InstanceStore store;
    private readonly HostClock clock;
    private readonly HubOptions options;
    private readonly InstanceActors actors;
    private readonly Quiescence quiescence;
    private readonly ILogger logger;
    private readonly CancellationToken stopping;
    private readonly TimerWindow timers = new();
    private readonly SemaphoreSlim advancing = new(1, 1);
    private long fired;

    internal HubClock(
        TableClient table, InstanceStore store, HostClock clock, HubOptions options, InstanceActors actors, Quiescence quiescence, ILogger logger, CancellationToken stopping)
    {
        (this.table, this.store, this.clock, this.options) = (table, store, clock, options);
        (this.actors, this.quiescence, this.logger, this.stopping) = (actors, quiescence, logger, stopping);
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
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        await advancing.WaitAsync(ending.Token);
        try
        {
            DateTimeOffset present = clock.Stand();
            if (target < present)
                throw new ArgumentException($"The clock moves forward only: it is {present:O} already.", nameof(target));

            long firedBefore = Interlocked.Read(ref fired);

            // Stored first: if the process dies on the way, the next one finds all of it overdue, as after a long downtime.
            await StoreOffsetAsync(target - clock.Real.GetUtcNow(), ending.Token);
            await ExtendWindowAsync(target.UtcDateTime, ending.Token);
            await SettleAsync(settle, ending.Token);
            while (timers.NextDue is { } due && due <= target.UtcDateTime)
            {
                clock.StandAt(due > clock.GetUtcNow().UtcDateTime ? new(due) : clock.GetUtcNow());
                FireDue();
                await SettleAsync(settle, ending.Token);
            }

            clock.StandAt(target);
            return (int)(Interlocked.Read(ref fired) - firedBefore);
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

    /// <inheritdoc/>
    public void Dispose()
    {
        timers.Dispose();
        advancing.Dispose();
    }

    /// <summary>Goes on from the stored time, and takes the timers that are due soon into memory.</summary>
    internal async Task OpenAsync(CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.Partition, OffsetRow, cancellationToken: cancellation);
        clock.Restore(found.HasValue ? new TimeSpan(found.Value!.GetInt64("OffsetTicks") ?? 0) : TimeSpan.Zero);
        await ExtendWindowAsync(clock.GetUtcNow().UtcDateTime + options.TimerWindow, cancellation);
    }

    /// <summary>Notes what a stored turn has made of an instance's timers.</summary>
    internal void Note(string instanceId, DateTime? next, int firedNow)
    {
        Interlocked.Add(ref fired, firedNow);
        timers.Set(instanceId, next);
    }

    /// <summary>Fires timers until the hub stops.</summary>
    internal async Task RunAsync()
    {
        try
        {
            while (true)
            {
                // While the clock is being moved, the timers are the mover's.
                TimeSpan pause = options.TimerWindow / 2;
                if (await advancing.WaitAsync(TimeSpan.Zero, stopping))
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

                await timers.WaitAsync(pause, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopping(options.HubName);
        }
    }

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
        foreach (string instanceId in timers.TakeDue(clock.GetUtcNow().UtcDateTime))
            actors.Post(instanceId, new Arrival());
    }

    /// <returns>How long to wait for the next timer, at most as long as given.</returns>
    private async Task<TimeSpan> FireAndRefillAsync(TimeSpan longest)
    {
        FireDue();
        DateTime now = clock.GetUtcNow().UtcDateTime;
        if (now >= timers.Horizon - (options.TimerWindow / 4))
            await RefillAsync(now);
        TimeSpan pause = timers.NextDue - now ?? longest;
        return TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(pause.TotalMilliseconds), 0, longest.TotalMilliseconds));
    }

    private async Task RefillAsync(DateTime now)
    {
        while (true)
        {
            try
            {
                await ExtendWindowAsync(now + options.TimerWindow, stopping);
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogRefillFailed(exception, options.HubName);
                await Task.Delay(RefillRetryDelay, stopping);
            }
        }
    }

    private async Task ExtendWindowAsync(DateTime until, CancellationToken cancellation)
    {
        // First the horizon, then the rows: a timer that is created meanwhile is noted by its own turn.
        timers.Horizon = until;
        await foreach ((string instanceId, DateTime due) in store.FindTimersAsync(until, cancellation))
            timers.Set(instanceId, due);
    }

    private Task<Response> StoreOffsetAsync(TimeSpan offset, CancellationToken cancellation)
    {
        TableEntity row = new(InstanceKeys.Partition, OffsetRow) { ["OffsetTicks"] = offset.Ticks };
        return table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The timers of task hub {Hub} could not be read; trying again.")]
    private partial void LogRefillFailed(Exception exception, string hub);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The timers of task hub {Hub} rest.")]
    private partial void LogStopping(string hub);
}
