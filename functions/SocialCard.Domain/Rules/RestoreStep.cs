namespace SocialCard.Domain.Rules;

/// <summary>A step that brings back a card whose clock ran out.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RestoreStep>))]
public enum RestoreStep
{
    /// <summary>The bank activates the financial application.</summary>
    ActivateFinancial,

    /// <summary>The bureau releases the loss report.</summary>
    Release,
}
