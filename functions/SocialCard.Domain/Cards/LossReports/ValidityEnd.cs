namespace SocialCard.Domain.Cards;

/// <summary>When the validity of a loss report ends.</summary>
public static class ValidityEnd
{
    /// <summary>
    /// The end of a period that begins with the report: so many hours, or so many times 24 hours for calendar days; for
    /// working days, 24:00 China Standard Time of the n-th working day after the day of the report.
    /// </summary>
    /// <returns>
    /// The moment, null where the region sets none or none is known; and whether working days beyond the published holidays
    /// went into it.
    /// </returns>
    public static (DateTimeOffset? At, bool Provisional) Of(Period? validity, DateTimeOffset reportedAt, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        switch (validity)
        {
            case null or { Unit: PeriodUnit.NoLimit }:
                return (null, false);
            case { Unit: PeriodUnit.Hours, Quantity: var hours }:
                return (reportedAt.AddHours(hours), false);
            case { Unit: PeriodUnit.Days, Quantity: var days }:
                return (reportedAt.AddDays(days), false);
            case { Unit: PeriodUnit.WorkingDays, Quantity: var workingDays }:
                var (date, provisional) = calendar.AddWorkingDays(ChinaTime.DateOf(reportedAt), workingDays);
                return (ChinaTime.StartOf(date.AddDays(1)), provisional);
            default:
                throw new ArgumentException($"A validity cannot be counted in {validity.Value.Unit}.", nameof(validity));
        }
    }
}
