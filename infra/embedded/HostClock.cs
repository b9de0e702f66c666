namespace SocialCard.Embedded;

/// <summary>The clock of the host: the real time plus an offset that only grows. One at a time moves it.</summary>
/// <remarks>
/// Only <see cref="GetUtcNow"/> is moved. Timers made with <see cref="TimeProvider.CreateTimer"/> and the time stamps of
/// <see cref="TimeProvider.GetTimestamp"/> run in real time: they pace the host's own work, not the product's rules.
/// </remarks>
internal sealed class HostClock : TimeProvider
{
    private volatile Reading reading = new(TimeSpan.Zero, null);

    /// <summary>The time that passes outside, for what concerns other hosts and other machines.</summary>
    public TimeProvider Real { get; } = System;

    /// <summary>How far this clock is ahead of the real time.</summary>
    public TimeSpan Offset => reading.StandsAt - Real.GetUtcNow() ?? reading.Offset;

    public override DateTimeOffset GetUtcNow() => reading.StandsAt ?? Real.GetUtcNow() + reading.Offset;

    /// <summary>Goes on from an earlier run's offset, or begins in the past.</summary>
    public void Restore(TimeSpan earlierOffset) => reading = new(earlierOffset, null);

    /// <summary>Stops the clock where it is, and answers where that is.</summary>
    public DateTimeOffset Stand()
    {
        var instant = GetUtcNow();
        reading = reading with { StandsAt = instant };
        return instant;
    }

    /// <summary>Moves to an instant and stands there, so that what falls due at it happens exactly then.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant lies before the clock's present.</exception>
    public void StandAt(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
        reading = reading with { StandsAt = instant };
    }

    /// <summary>Lets the time pass again, from where the clock stands.</summary>
    public void Run() => reading = new(Offset, null);

    private sealed record Reading(TimeSpan Offset, DateTimeOffset? StandsAt);
}
