namespace SocialCard.Domain.Cards;

/// <summary>
/// The activation rule as it was when the card was received. The card and its workflow go by this copy, so that a change
/// of the region's policy never moves a running deadline.
/// </summary>
/// <param name="Deadline">
/// 00:00 China Standard Time of the day after the last day for activation: received on day D with 300 days, the card can be
/// activated through the whole of D+300. Null where the region sets no limit.
/// </param>
/// <param name="AppliesTo">Which application must be enabled.</param>
/// <param name="OnMissed">What happens when it is not.</param>
/// <param name="RestoreSteps">What restores the card afterwards, in order.</param>
/// <param name="ReminderDaysBefore">How many days before the deadline the holder is reminded.</param>
/// <param name="FinancialFirst">Whether the bank activates the financial application before the other can be enabled.</param>
/// <param name="OldCardRestrictedAt">From when on the medical card of before is restricted; null where it never is.</param>
public sealed record ActivationTerms(
    DateTimeOffset? Deadline,
    ActivationScope AppliesTo,
    MissedActivation OnMissed,
    IReadOnlyList<RestoreStep> RestoreSteps,
    IReadOnlyList<int> ReminderDaysBefore,
    bool FinancialFirst = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OldCardRestrictedAt = null)
{
    // People read a message at nine, and would be woken by one at midnight.
    private static readonly TimeSpan ReminderTime = TimeSpan.FromHours(9);

    /// <summary>The reminders, earliest first: at 09:00 China Standard Time of the day that is so many days before the deadline.</summary>
    public IEnumerable<Reminder> Reminders => Deadline is { } deadline
        ? ReminderDaysBefore.Distinct().OrderDescending().Select(days => new Reminder(days, deadline.AddDays(-days) + ReminderTime))
        : [];

    /// <summary>The terms of a card that is received on a local day under a policy.</summary>
    public static ActivationTerms Of(ActivationPolicy policy, DateOnly receivedOn)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(
            policy.ActivationDeadline(receivedOn),
            policy.AppliesTo,
            policy.OnMissed,
            policy.RestoreSteps,
            policy.ReminderDaysBefore,
            policy.SocialNeedsFinancial,
            policy.OldCardRestriction(receivedOn));
    }
}

/// <summary>A reminder of a day: that the card must be activated by then, or renewed.</summary>
/// <param name="DaysBefore">How many days before it.</param>
/// <param name="At">When.</param>
public sealed record Reminder(int DaysBefore, DateTimeOffset At);
