using Azure;
using Azure.Data.Tables;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// The hub's time: fires timers when they fall due, and moves the host's clock forward over them. Held in memory are the timers that fall
/// due until a horizon; later ones are only rows. A timer that has gone meanwhile does no harm: its instance finds nothing due.
/// </summary>
internal sealed partial class HubClock(
    TableClient table, InstanceStore store, HostClock clock, HubOptions options, InstanceActors actors, Quiescence quiescence, ILogger logger, CancellationToken stopping)
    : IDisposable
{
    private const string OffsetRow = "clock";

    private static readonly TimeSpan RefillRetryDelay = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly PriorityQueue<string, DateTime> timers = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly SemaphoreSlim advancing = new(1, 1);
    private DateTime horizon = DateTime.MinValue;
    private long fired;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private DateTime? NextDue
    {
        get
        {
            lock (gate)
                return timers.TryPeek(out _, out DateTime due) ? due : null;
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
            await ExtendAsync(target.UtcDateTime, ending.Token);
            await SettleAsync(settle, ending.Token);
            while (NextDue is { } due && due <= target.UtcDateTime)
            {
                clock.StandAt(due > Now ? new(due) : clock.GetUtcNow());
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
                Nudge();
            }
        }
    }

    /// <summary>Goes on from the stored time, and takes the timers that are due soon into memory.</summary>
    public async Task OpenAsync()
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(InstanceKeys.Partition, OffsetRow, cancellationToken: stopping);
        clock.Restore(found.HasValue ? new TimeSpan(found.Value!.GetInt64("OffsetTicks") ?? 0) : TimeSpan.Zero);
        await ExtendAsync(Now + options.TimerWindow, stopping);
    }

    /// <summary>Notes the next timer of an instance.</summary>
    public void Set(string instanceId, DateTime due)
    {
        lock (gate)
        {
            if (due > horizon)
                return;
            bool isNext = !timers.TryPeek(out _, out DateTime next) || due < next;
            timers.Enqueue(instanceId, due);
            if (isNext)
                Nudge();
        }
    }

    public void Fired(int count) => Interlocked.Add(ref fired, count);

    /// <summary>Fires timers until the hub stops.</summary>
    public async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan pause = options.TimerWindow / 2;
            try
            {
                // While the clock is being moved, the timers are the mover's.
                if (await advancing.WaitAsync(TimeSpan.Zero, stopping))
                {
                    try
                    {
                        FireDue();
                        if (Now >= horizon - (options.TimerWindow / 4))
                            await ExtendAsync(Now + options.TimerWindow, stopping);
                        if (NextDue - Now is { } wait && wait < pause)
                            pause = wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : TimeSpan.Zero;
                    }
                    finally
                    {
                        advancing.Release();
                    }
                }
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogRefillFailed(exception, options.HubName);
                pause = RefillRetryDelay;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await ((Task)changed.WaitAsync(pause, stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        changed.Dispose();
        advancing.Dispose();
    }

    private async Task SettleAsync(Func<Task>? settle, CancellationToken cancellation)
    {
        do
        {
            await quiescence.WhenIdleAsync(cancellation);
            await (settle?.Invoke().WaitAsync(cancellation) ?? Task.CompletedTask);
        }
        while (!quiescence.IsIdle);
    }

    private void FireDue()
    {
        lock (gate)
        {
            while (timers.TryPeek(out string? instanceId, out DateTime due) && due <= Now)
            {
                timers.Dequeue();
                actors.Post(instanceId, new Arrival());
            }
        }
    }

    private async Task ExtendAsync(DateTime until, CancellationToken cancellation)
    {
        DateTime known = horizon;
        if (until <= known)
            return;

        // First the horizon, then the rows: a timer that is created meanwhile is noted by its own turn.
        lock (gate)
            horizon = until;
        try
        {
            await foreach (string timer in store.FindAsync(InstanceKeys.Timers(known, until), cancellation))
                Set(InstanceKeys.InstanceOf(timer), InstanceKeys.DueOf(timer));
        }
        catch
        {
            lock (gate)
                horizon = known;
            throw;
        }
    }

    private void Nudge()
    {
        lock (gate)
        {
            if (changed.CurrentCount == 0)
                changed.Release();
        }
    }

    private Task<Response> StoreOffsetAsync(TimeSpan offset, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(InstanceKeys.Partition, OffsetRow) { ["OffsetTicks"] = offset.Ticks }, TableUpdateMode.Replace, cancellation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The timers of task hub {Hub} could not be read; trying again.")]
    private partial void LogRefillFailed(Exception exception, string hub);
}
