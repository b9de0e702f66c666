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
