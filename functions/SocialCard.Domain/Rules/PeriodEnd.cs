namespace SocialCard.Domain.Rules;

/// <summary>The end of a period that begins at an instant and is counted from it.</summary>
public static class PeriodEnd
{
    /// <summary>
    /// After so many hours, or so many times 24 hours for calendar days; for working days, at 24:00 China Standard Time of the n-th working
    /// day after that of the beginning.
    /// </summary>
    /// <returns>
    /// The moment, null where the region sets none or none is known; and whether working days beyond the published holidays
    /// went into it.
    /// </returns>
    public static (DateTimeOffset? At, bool Provisional) Of(Period? period, DateTimeOffset start, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        switch (period)
        {
            case null or { Unit: PeriodUnit.NoLimit }:
                return (null, false);
            case { Unit: PeriodUnit.Hours, Quantity: var hours }:
                return (start.AddHours(hours), false);
            case { Unit: PeriodUnit.Days, Quantity: var days }:
                return (start.AddDays(days), false);
            case { Unit: PeriodUnit.WorkingDays, Quantity: var workingDays }:
                var (date, provisional) = calendar.AddWorkingDays(ChinaTime.DateOf(start), workingDays);
                return (ChinaTime.StartOf(date.AddDays(1)), provisional);
            default:
                throw new ArgumentException($"{period} has no end that is counted from an instant.", nameof(period));
        }
    }
}
