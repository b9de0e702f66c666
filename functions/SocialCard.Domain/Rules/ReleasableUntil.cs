namespace SocialCard.Domain.Rules;

/// <summary>Until when a loss report can be released.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReleasableUntil>))]
public enum ReleasableUntil
{
    /// <summary>It cannot: the report is final.</summary>
    Never,

    /// <summary>Within its validity.</summary>
    Expiry,

    /// <summary>Until it is made formal.</summary>
    FormalReport,

    /// <summary>Until a new card has been applied for.</summary>
    ReissueFiled,
}
