namespace SocialCard.Domain.Cards;

/// <summary>From when on a new password counts.</summary>
public static class EffectiveMoment
{
    /// <summary>
    /// The moment at the end of a region's window: so many minutes or hours after the request, or at a local time of the
    /// n-th day or working day after the day of the request.
    /// </summary>
    /// <returns>The moment, and whether working days beyond the published holidays went into it.</returns>
    public static (DateTimeOffset At, bool Provisional) Of(Delay delay, DateTimeOffset requestedAt, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var (quantity, day) = (delay.Length.Quantity, ChinaTime.DateOf(requestedAt));
        switch (delay.Length.Unit)
        {
            case PeriodUnit.Minutes:
                return (requestedAt.AddMinutes(quantity), false);
            case PeriodUnit.Hours:
                return (requestedAt.AddHours(quantity), false);
            case PeriodUnit.Days:
                return (ChinaTime.At(day.AddDays(quantity), delay.At!.Value), false);
            case PeriodUnit.WorkingDays:
                var (date, provisional) = calendar.AddWorkingDays(day, quantity);
                return (ChinaTime.At(date, delay.At!.Value), provisional);
            default:
                throw new ArgumentException($"A window cannot be counted in {delay.Length.Unit}.", nameof(delay));
        }
    }
}
