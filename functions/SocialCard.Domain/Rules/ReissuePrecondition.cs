namespace SocialCard.Domain.Rules;

/// <summary>What must come before the application for a new card.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReissuePrecondition>))]
public enum ReissuePrecondition
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A formal loss report.</summary>
    FormalReport,

    /// <summary>A formal loss report, taken in the same visit.</summary>
    SameVisit,

    /// <summary>A formal loss report whose period has run out.</summary>
    ReportPeriodOver,
}
