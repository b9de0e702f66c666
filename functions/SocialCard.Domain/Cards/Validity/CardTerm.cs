namespace SocialCard.Domain.Cards;

/// <summary>
/// For how long a card was issued, by the region's rule of then, and how far the holder has been told of its end: a later change of the
/// policy moves nothing that is printed on a card.
/// </summary>
/// <param name="Years">For how many years.</param>
/// <param name="RenewableBefore">How long before their end it may be renewed.</param>
/// <param name="AtEnd">What becomes of it then.</param>
/// <param name="ReminderDaysBefore">How many days before the end the holder is reminded, beside the day on which the renewal opens.</param>
public sealed record CardTerm(int Years, Period RenewableBefore, ValidityEnding AtEnd, IReadOnlyList<int> ReminderDaysBefore)
{
    // People read a message at nine, and would be woken by one at midnight.
    private static readonly TimeOnly ReminderTime = new(9, 0);

    /// <summary>The moment of the latest reminder that was given; null where none was.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When the years were over; null while they are not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The term of a card under a policy.</summary>
    public static CardTerm Of(ReissuePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(policy.ValidityYears, policy.RenewableBefore, policy.ValidityEnd, policy.ValidityReminderDaysBefore);
    }

    /// <summary>The last local day of a card that is valid from a day on.</summary>
    internal DateOnly LastDayFrom(DateOnly day) => day.AddYears(Years);

    /// <summary>From which local day on a card of a last day may be renewed.</summary>
    internal DateOnly RenewableFrom(DateOnly lastDay) => RenewableBefore.Unit is PeriodUnit.Months
        ? lastDay.AddMonths(-RenewableBefore.Quantity) : lastDay.AddDays(-RenewableBefore.Quantity);

    /// <summary>The reminders of the end of a last day, earliest first: when the renewal opens, and those that the region sets.</summary>
    internal IEnumerable<Reminder> RemindersOf(DateOnly lastDay) =>
        ReminderDaysBefore.Append(lastDay.DayNumber - RenewableFrom(lastDay).DayNumber).Distinct().OrderDescending()
            .Select(days => new Reminder(days, ChinaTime.At(lastDay.AddDays(-days), ReminderTime)));
}

/// <summary>How long a first card waits for its holder.</summary>
/// <param name="ReturnBy">When it goes back to the bank, where he still can fetch it.</param>
/// <param name="CancelBy">When it is cancelled there; null where no end is known.</param>
/// <param name="ReturnedAt">When it went back; null while it has not.</param>
public sealed record CardCollection(DateTimeOffset ReturnBy, DateTimeOffset? CancelBy, DateTimeOffset? ReturnedAt = null)
{
    /// <summary>The wait of a card that is registered at a time; null where the region sets no end to it.</summary>
    public static CardCollection? Of(ReissuePolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.UnclaimedReturnedAfter is not { } wait)
        {
            return null;
        }

        var returnBy = LastDay.EndOf(wait, now, calendar);
        return new(returnBy, policy.UnclaimedCancelledAfter is { } then ? LastDay.EndOf(then, returnBy, calendar) : null);
    }
}

/// <summary>What a region's rules set to a card when it is issued.</summary>
/// <param name="Term">For how long it is issued.</param>
/// <param name="Collection">How long it waits for its holder; null where no end is set.</param>
public sealed record IssueTerms(CardTerm Term, CardCollection? Collection)
{
    /// <summary>What is set to a first card that is registered at a time.</summary>
    public static IssueTerms Of(ReissuePolicy policy, WorkingCalendar calendar, DateTimeOffset now) =>
        new(CardTerm.Of(policy), CardCollection.Of(policy, calendar, now));
}
