using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Queues;
using SocialCard.Embedded.Timers;

namespace SocialCard.Embedded;

/// <summary>Moves the host's clock forward and brings everything that hangs on it to rest at the new time.</summary>
internal sealed class VirtualClock(HostClock clock, DurableEngine engine, TimerTriggers timers, IReadOnlyList<QueueListener> queues) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Answers how many timers fired; null if there is no target or it lies in the past, and nothing has moved.</summary>
    /// <param name="targetFrom">Computes the target from the time at which this move begins, as moves queue up; null if there is none.</param>
    /// <param name="cancellation">Ends the wait for rest.</param>
    public async Task<int?> AdvanceAsync(Func<DateTimeOffset, DateTimeOffset?> targetFrom, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            var now = Now;
            if (targetFrom(now) is not { } target || target < now)
                return null;
            Task Settle() => Task.WhenAll(queues.Select(queue => queue.DrainAsync(cancellation)));
            var fired = await engine.AdvanceToAsync(target, Settle, cancellation);
            var triggers = await timers.CatchUpAsync();
            if (triggers > 0)
                fired += await engine.AdvanceToAsync(Now, Settle, cancellation);
            return fired + triggers;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();
}
