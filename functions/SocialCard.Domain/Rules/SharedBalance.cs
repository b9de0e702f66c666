namespace SocialCard.Domain.Rules;

/// <summary>Which money of the medical account is shared.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SharedBalance>))]
public enum SharedBalance
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>What is left from former years.</summary>
    PriorYears,
}
