using System.Text.Json.Serialization;

namespace SocialCard.Domain.Rules;

/// <summary>Where the holder of a card asks for something, or first uses the card.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ServiceChannel>))]
public enum ServiceChannel
{
    /// <summary>A window of the bureau, a community point or the card centre.</summary>
    ServiceWindow,

    /// <summary>A branch of the issuing bank.</summary>
    Bank,

    /// <summary>A designated hospital.</summary>
    Hospital,

    /// <summary>A designated pharmacy.</summary>
    Pharmacy,

    /// <summary>A self-service terminal.</summary>
    Kiosk,

    /// <summary>A hotline such as 12333, or the bank's.</summary>
    Phone,

    /// <summary>A text message.</summary>
    Sms,

    /// <summary>Web site, app or mini program.</summary>
    Online,
}

/// <summary>A rule that differs by channel.</summary>
/// <param name="Any">The rule where the channel has none of its own.</param>
/// <param name="Channels">The channels that have a rule of their own.</param>
public sealed record ByChannel<T>(T Any, IReadOnlyDictionary<ServiceChannel, T>? Channels = null)
{
    /// <summary>The rule of a channel.</summary>
    public T For(ServiceChannel channel) => Channels is not null && Channels.TryGetValue(channel, out var own) ? own : Any;
}
