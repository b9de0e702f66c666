using SocialCard.Embedded.Durable.Embedded;

namespace SocialCard.Embedded;

/// <summary>Moves the host's clock forward and brings everything that hangs on it to rest at the new time.</summary>
/// <param name="clock">The clock.</param>
/// <param name="hub">The workflows.</param>
/// <param name="drain">Waits until the queues are empty and their messages taken.</param>
/// <param name="fireTriggers">Fires the timer functions that the clock has passed, and answers how many.</param>
internal sealed class VirtualClock(HostClock clock, TableOrchestrationService hub, Func<Task> drain, Func<Task<int>> fireTriggers)
    : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>
    /// Moves the clock. Timers that fall due on the way fire in order of their due time, each instant's together, with the clock standing
    /// at that instant until all has settled.
    /// </summary>
    /// <param name="targetFrom">
    /// Computes the target from the time at which this move begins, as moves queue up; null if that is no move forward.
    /// </param>
    /// <param name="cancellation">Ends the move where it stands.</param>
    /// <returns>How many timers fired; null if there is no target, and nothing has moved.</returns>
    public async Task<int?> AdvanceAsync(Func<DateTimeOffset, DateTimeOffset?> targetFrom, CancellationToken cancellation)
    {
        HubTimers timers = hub.Timers;
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            if (targetFrom(clock.Stand()) is not { } target)
            {
                return null;
            }

            // Stored first: if the process dies on the way, the next one finds all of it overdue, as after a long downtime.
            await timers.StoreOffsetAsync(target - clock.Real.GetUtcNow());
            long before = timers.FiredCount;
            await timers.ExtendAsync(target.UtcDateTime, cancellation);
            await SettleAsync(cancellation);
            while (timers.NextDue is { } due && due <= target.UtcDateTime)
            {
                clock.StandAt(due > Now.UtcDateTime ? new(due) : Now);
                timers.FireDue();
                await SettleAsync(cancellation);
            }

            clock.StandAt(target);
            int fired = await fireTriggers();
            await SettleAsync(cancellation);
            clock.Run();
            await timers.StoreOffsetAsync(clock.Offset);
            return (int)(timers.FiredCount - before) + fired;
        }
        finally
        {
            clock.Run();
            timers.Nudge();
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task SettleAsync(CancellationToken cancellation)
    {
        do
        {
            await hub.WhenSettledAsync(cancellation);
            await drain().WaitAsync(cancellation);
        }
        while (!hub.IsIdle);
    }
}
