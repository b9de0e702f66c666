namespace SocialCard.Domain.Rules;

/// <summary>Who pays no fee.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FeeWaiver>))]
public enum FeeWaiver
{
    /// <summary>Holders of low income.</summary>
    LowIncome,

    /// <summary>Disabled holders.</summary>
    Disabled,

    /// <summary>Holders of a card with a fault in its making.</summary>
    QualityDefect,
}
