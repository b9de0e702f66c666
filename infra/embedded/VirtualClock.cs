using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Queues;
using SocialCard.Embedded.Timers;

namespace SocialCard.Embedded;

/// <summary>Moves the host's clock forward and brings everything that hangs on it to rest at the new time.</summary>
internal sealed class VirtualClock(HostClock clock, TableOrchestrationService hub, TimerTriggers timers, IReadOnlyList<QueueListener> queues) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Answers how many timers fired; null if there is no target, and nothing has moved.</summary>
    /// <param name="targetFrom">Computes the target from the time at which this move begins, as moves queue up; null if that is no move forward.</param>
    /// <param name="cancellation">Ends the wait for rest.</param>
    public async Task<int?> AdvanceAsync(Func<DateTimeOffset, DateTimeOffset?> targetFrom, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            if (targetFrom(Now) is not { } target)
                return null;
            var fired = await MoveAsync(target);
            fired += await timers.CatchUpAsync();
            do
            {
                await hub.WhenSettledAsync(cancellation);
                await DrainAsync();
            }
            while (!hub.IsIdle);
            return fired;
        }
        finally
        {
            oneAtATime.Release();
        }

        async Task<int> MoveAsync(DateTimeOffset target)
        {
            try
            {
                return await hub.Clock.AdvanceToAsync(target, DrainAsync, cancellation);
            }
            catch (ArgumentException) when (target < Now)
            {
                // A move by next to nothing: the time has passed the target by itself, and the hub fires by itself.
                return 0;
            }
        }

        Task DrainAsync() => Task.WhenAll(queues.Select(queue => queue.DrainAsync(cancellation)));
    }

    public void Dispose() => oneAtATime.Dispose();
}
