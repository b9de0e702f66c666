namespace SocialCard.Embedded.Durable;

/// <summary>What a <see cref="DurableEngine"/> is told of its hub and of the provider that stores it.</summary>
internal sealed record DurableEngineOptions
{
    /// <summary>The task hub.</summary>
    public required string HubName { get; init; }

    /// <summary>The version of instances that are started without one.</summary>
    public string? DefaultVersion { get; init; }

    /// <summary>The longest timer that the provider keeps; a longer one is made of several.</summary>
    public TimeSpan MaximumTimerInterval { get; init; } = TimeSpan.MaxValue;

    /// <summary>Whether the provider itself waits for turns under way when it is stopped; the framework's own wait looks once a second.</summary>
    public bool ProviderEndsTurns { get; init; }
}
