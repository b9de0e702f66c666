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
            var fired = await engine.AdvanceToAsync(target, DrainAsync, cancellation);
            fired += await timers.CatchUpAsync();
            do
            {
                await engine.WhenSettledAsync(cancellation);
                await DrainAsync();
            }
            while (!engine.IsIdle);
            return fired;

            Task DrainAsync() => Task.WhenAll(queues.Select(queue => queue.DrainAsync(cancellation)));
        }
        catch (ArgumentException)
        {
            // The engine's own check: the time has passed the target by itself since it was computed.
            return null;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();
}
