namespace SocialCard.Embedded;

/// <summary>The clock of the host: the real time plus an offset that only grows.</summary>
/// <remarks>
/// Only <see cref="GetUtcNow"/> is moved. Timers made with <see cref="TimeProvider.CreateTimer"/> and the time stamps of
/// <see cref="TimeProvider.GetTimestamp"/> run in real time: they pace the host's own work, not the product's rules.
/// </remarks>
/// <param name="real">The time that passes outside; the system's, unless a test gives another.</param>
public sealed class HostClock(TimeProvider? real = null) : TimeProvider
{
    private readonly Lock gate = new();
    private TimeSpan offset;
    private DateTimeOffset? standing;

    /// <summary>How far this clock is ahead of the real time.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (gate)
                return standing is { } instant ? instant - Real.GetUtcNow() : offset;
        }
    }

    /// <summary>The time that passes outside, for what concerns other hosts and other machines.</summary>
    internal TimeProvider Real { get; } = real ?? System;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return standing ?? Real.GetUtcNow() + offset;
    }

    /// <summary>Goes on from an earlier run's offset.</summary>
    internal void Restore(TimeSpan earlierOffset)
    {
        lock (gate)
            offset = earlierOffset;
    }

    /// <summary>Stops the clock where it is.</summary>
    /// <returns>The instant at which it stands.</returns>
    internal DateTimeOffset Stand()
    {
        lock (gate)
        {
            standing ??= Real.GetUtcNow() + offset;
            return standing.Value;
        }
    }

    /// <summary>Moves to an instant and stands there, so that what falls due at it happens exactly then.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant lies before the clock's present.</exception>
    internal void StandAt(DateTimeOffset instant)
    {
        lock (gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
            standing = instant;
        }
    }

    /// <summary>Lets the time pass again, from where the clock stands.</summary>
    internal void Run()
    {
        lock (gate)
        {
            if (standing is { } instant)
                offset = instant - Real.GetUtcNow();
            standing = null;
        }
    }
}
