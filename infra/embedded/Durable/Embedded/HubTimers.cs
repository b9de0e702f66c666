using Azure;
using Azure.Data.Tables;
using SocialCard.Functions.Storage;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// Fires the timers of instances when they fall due. Held in memory are those that fall due until a horizon; later ones are only rows. A
/// timer that has gone meanwhile does no harm: its instance finds nothing due.
/// </summary>
internal sealed partial class HubTimers(
    TableClient table,
    InstanceStore store,
    HostClock clock,
    HubOptions options,
    InstanceActors actors,
    ILogger logger,
    CancellationToken stopping) : IDisposable
{
    /// <summary>The row that keeps how far the clock is ahead of the real time.</summary>
    internal const string OffsetRow = "clock";

    /// <summary>Its column: 64-bit ticks of 100 ns.</summary>
    internal const string OffsetColumn = "OffsetTicks";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly PriorityQueue<string, DateTime> timers = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private DateTime horizon = DateTime.MinValue;
    private long fired;

    public long FiredCount => Interlocked.Read(ref fired);

    public DateTime? NextDue
    {
        get
        {
            lock (gate)
            {
                return timers.TryPeek(out _, out DateTime due) ? due : null;
            }
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Goes on from the stored time, or where the clock stands if there is none, and takes the timers that are due soon into memory.
    /// </summary>
    public async Task OpenAsync()
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.Partition, OffsetRow, cancellationToken: stopping);
        if (found.HasValue)
        {
            clock.Restore(new TimeSpan(found.Value!.GetInt64(OffsetColumn)!.Value));
        }

        await ExtendAsync(Now + options.TimerWindow, stopping);
    }

    /// <summary>Stores how far the clock is ahead of the real time.</summary>
    public Task StoreOffsetAsync(TimeSpan offset) => table.UpsertEntityAsync(
        new TableEntity(InstanceKeys.Partition, OffsetRow) { [OffsetColumn] = offset.Ticks }, TableUpdateMode.Replace, stopping);

    public void Set(string instanceId, DateTime due)
    {
        lock (gate)
        {
            if (due > horizon)
            {
                return;
            }

            bool isNext = !timers.TryPeek(out _, out DateTime next) || due < next;
            timers.Enqueue(instanceId, due);
            if (isNext)
            {
                Nudge();
            }
        }
    }

    public void Fired(int count) => Interlocked.Add(ref fired, count);

    public void FireDue()
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

    /// <summary>Takes the timers until an instant into memory.</summary>
    public async Task ExtendAsync(DateTime until, CancellationToken cancellation)
    {
        DateTime known = horizon;
        if (until <= known)
        {
            return;
        }

        // First the horizon, then the rows: a timer that is created meanwhile is noted by its own turn.
        lock (gate)
        {
            horizon = until;
        }

        try
        {
            await foreach (string timer in store.FindAsync(InstanceKeys.Timers(known, until), cancellation))
            {
                Set(InstanceKeys.InstanceOf(timer), InstanceKeys.DueOf(timer));
            }
        }
        catch
        {
            lock (gate)
            {
                horizon = known;
            }

            throw;
        }
    }

    public async Task RunAsync()
    {
        TimeSpan longest = options.TimerWindow / 2;
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan pause = RetryDelay;
            try
            {
                FireDue();
                if (Now >= horizon - (longest / 2))
                {
                    await ExtendAsync(Now + options.TimerWindow, stopping);
                }

                double wait = (NextDue - Now ?? longest).TotalMilliseconds;
                pause = TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(wait), 0, longest.TotalMilliseconds));
            }
            catch (Exception fault) when (stopping.IsCancellationRequested || fault is RequestFailedException || StorageFault.Is(fault))
            {
                LogUnread(fault, options.HubName);
            }

            await ((Task)changed.WaitAsync(pause, stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks again for what is due, because the clock was moved or an earlier timer has come.</summary>
    public void Nudge()
    {
        lock (gate)
        {
            if (changed.CurrentCount == 0)
            {
                changed.Release();
            }
        }
    }

    public void Dispose() => changed.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "The timers of task hub {Hub} could not be read; trying again.")]
    private partial void LogUnread(Exception exception, string hub);
}
