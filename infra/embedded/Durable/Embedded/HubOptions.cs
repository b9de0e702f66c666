namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>What a <see cref="TableOrchestrationService"/> can be told.</summary>
public sealed record HubOptions
{
    /// <summary>The task hub; its letters and digits name the table that holds it.</summary>
    public required string HubName { get; init; }

    /// <summary>How many instances take a turn at the same time.</summary>
    public int MaxConcurrentTurns { get; init; } = 32;

    /// <summary>How many activities run at the same time.</summary>
    public int MaxConcurrentActivities { get; init; } = 32;

    /// <summary>How many instances stay loaded after their turn, the most recently used ones.</summary>
    public int MaxLoadedInstances { get; init; } = 256;

    /// <summary>How far ahead timers are held in memory; later ones are only rows.</summary>
    public TimeSpan TimerWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the hub's lease is renewed, in real time.</summary>
    public TimeSpan LeaseHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a lease that is no longer renewed keeps other machines out, in real time.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest wait between two attempts to store a turn while storage fails.</summary>
    public TimeSpan MaxStorageRetryDelay { get; init; } = TimeSpan.FromSeconds(30);
}
