namespace SocialCard.Domain.Rules;

/// <summary>
/// The last local day of a period that counts whole days: the day that it starts on does not count, and the last one counts
/// to its end. So do card centres: what is valid for 60 days from March 2 is valid through the whole of May 1.
/// </summary>
public static class LastDay
{
    /// <summary>The last day of a period that starts on a local day.</summary>
    /// <exception cref="ArgumentException">The period is not counted in days, working days or months.</exception>
    public static WorkingDate Of(Period period, DateOnly start, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return period.Unit switch
        {
            PeriodUnit.Days => new(start.AddDays(period.Quantity), Provisional: false),
            PeriodUnit.WorkingDays => calendar.AddWorkingDays(start, period.Quantity),
            PeriodUnit.Months => new(start.AddMonths(period.Quantity), Provisional: false),
            _ => throw new ArgumentException($"{period} does not end with a day.", nameof(period)),
        };
    }

    /// <summary>The instant at which the last day of a period that starts at an instant is over.</summary>
    /// <exception cref="ArgumentException">The period is not counted in days, working days or months.</exception>
    public static DateTimeOffset EndOf(Period period, DateTimeOffset start, WorkingCalendar calendar) =>
        ChinaTime.StartOf(Of(period, ChinaTime.DateOf(start), calendar).Date.AddDays(1));
}
