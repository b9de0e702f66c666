namespace SocialCard.Domain.Rules;

/// <summary>Cards as such.</summary>
/// <param name="SecondInProvince">What becomes of a further card of somebody who has one of the same province.</param>
public sealed record CardsPolicy(SecondCardRule SecondInProvince) : PolicySection;

/// <summary>What becomes of a further card of somebody who has one of the same province.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SecondCardRule>))]
public enum SecondCardRule
{
    /// <summary>It is not registered.</summary>
    Refuse,

    /// <summary>It is registered, and operations are told once both are in use.</summary>
    Escalate,
}
