using SocialCard.Embedded.Storage;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// What a <see cref="TableOrchestrationService"/> is told: the hub, whose letters and digits name the table, and its bounds.
/// </summary>
internal sealed record HubOptions
{
    public required string HubName { get; init; }
    public int MaxConcurrentTurns { get; init; } = 32;
    public int MaxConcurrentActivities { get; init; } = 32;

    /// <summary>How many instances stay loaded after their turn, the most recently used ones.</summary>
    public int MaxLoadedInstances { get; init; } = 256;

    /// <summary>How far ahead timers are held in memory; later ones are only rows.</summary>
    public TimeSpan TimerWindow { get; init; } = TimeSpan.FromHours(1);
    public LeaseTimes Lease { get; init; } = LeaseTimes.Default;

    /// <summary>The longest wait between two attempts to store a turn while storage fails.</summary>
    public TimeSpan MaxStorageRetryDelay { get; init; } = TimeSpan.FromSeconds(30);
}
