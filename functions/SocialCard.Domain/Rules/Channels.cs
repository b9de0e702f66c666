namespace SocialCard.Domain.Rules;

/// <summary>A rule that differs by channel.</summary>
/// <param name="Any">The rule where the channel has none of its own.</param>
/// <param name="Channels">The channels that have a rule of their own.</param>
public sealed record ByChannel<T>(T Any, IReadOnlyDictionary<ServiceChannel, T>? Channels = null)
{
    /// <summary>The rule of a channel.</summary>
    public T For(ServiceChannel channel) => Channels is not null && Channels.TryGetValue(channel, out var own) ? own : Any;
}
