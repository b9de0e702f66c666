namespace SocialCard.Domain.Rules;

/// <summary>What becomes of a card whose years are over.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ValidityEnding>))]
public enum ValidityEnding
{
    /// <summary>Its social-security application is suspended, and the card is on the invalid-card list.</summary>
    Ends,

    /// <summary>Its social-security application goes on until a new card takes its place.</summary>
    UntilReplaced,
}
