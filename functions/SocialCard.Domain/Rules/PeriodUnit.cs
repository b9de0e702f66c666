namespace SocialCard.Domain.Rules;

/// <summary>What a <see cref="Period"/> is counted in. Sources mix calendar and working days, so a number never goes without it.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PeriodUnit>))]
public enum PeriodUnit
{
    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Working days of the <see cref="WorkingCalendar"/>.</summary>
    WorkingDays,

    /// <summary>Calendar months.</summary>
    Months,

    /// <summary>Known to have no end, which is neither zero nor unknown.</summary>
    NoLimit,
}
