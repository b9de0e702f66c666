namespace SocialCard.Domain.Rules;

/// <summary>How one application of a card is activated.</summary>
/// <param name="Channels">Where.</param>
/// <param name="Agent">Whether an agent may do it.</param>
public sealed record ActivationSidePolicy(IReadOnlyList<ServiceChannel> Channels, AgentRule Agent) : PolicySection;

/// <summary>The activation clock, and who may activate a card where.</summary>
/// <param name="Deadline">How long after the day of receipt a card may be activated.</param>
/// <param name="AppliesTo">What satisfies the clock.</param>
/// <param name="OnMissed">What happens when it runs out.</param>
/// <param name="RestoreSteps">What brings the card back, in this order.</param>
/// <param name="ReminderDaysBefore">Days before the deadline on which the holder is reminded.</param>
/// <param name="Social">How the social-security application is activated.</param>
/// <param name="Occasions">On which occasions a first use enables the card.</param>
/// <param name="Financial">How the financial application is activated.</param>
/// <param name="FinancialImpliesSocial">Activating the financial application activates the social-security one.</param>
/// <param name="SocialNeedsFinancial">The social-security application works only once the financial one is active.</param>
/// <param name="FinancialOptional">The holder may leave the financial application inactive for good.</param>
/// <param name="SocialUsableOnReceipt">The social-security application works from the day of receipt.</param>
/// <param name="AtIssue">The card is activated at the counter that hands it over.</param>
/// <param name="MinorAge">Below this age, in years, only a guardian acts.</param>
/// <param name="GuardianDocuments">What the guardian must show, all of it.</param>
/// <param name="MinorChannels">Where a minor's card is activated; null where no restriction is known.</param>
/// <param name="MinorMaySkipFinancial">A minor's financial application may stay inactive.</param>
/// <param name="OldCardRestrictedAfter">How long after receipt the medical card that this card replaces is restricted.</param>
public sealed record ActivationPolicy(
    [Units(PeriodUnit.Days, PeriodUnit.Months, PeriodUnit.NoLimit)] Period Deadline,
    ActivationScope AppliesTo,
    MissedActivation OnMissed,
    IReadOnlyList<RestoreStep> RestoreSteps,
    IReadOnlyList<int> ReminderDaysBefore,
    ActivationSidePolicy Social,
    IReadOnlyList<UsageOccasion> Occasions,
    ActivationSidePolicy Financial,
    bool FinancialImpliesSocial,
    bool SocialNeedsFinancial,
    bool FinancialOptional,
    bool SocialUsableOnReceipt,
    bool AtIssue,
    int MinorAge,
    IReadOnlyList<AgentDocument> GuardianDocuments,
    IReadOnlyList<ServiceChannel>? MinorChannels,
    bool MinorMaySkipFinancial,
    [Units(PeriodUnit.Days, PeriodUnit.Months, PeriodUnit.NoLimit)] Period? OldCardRestrictedAfter) : PolicySection
{
    /// <summary>Whether somebody is of an age at which a guardian acts for him.</summary>
    /// <param name="birthDate">His day of birth; one of whom it is not known counts as an adult.</param>
    /// <param name="today">The local day.</param>
    public bool IsMinor(DateOnly? birthDate, DateOnly today) => birthDate?.AddYears(MinorAge) > today;

    /// <summary>
    /// The instant from which a card can no longer be activated. Received on day D with 300 days, it can be activated through the
    /// whole of D+300, so this is 00:00 China Standard Time of D+301.
    /// </summary>
    /// <param name="receivedOn">The local date of receipt.</param>
    /// <returns>The instant in UTC, or null where the region sets no limit.</returns>
    public DateTimeOffset? ActivationDeadline(DateOnly receivedOn) => Deadline.Unit switch
    {
        PeriodUnit.Days => ChinaTime.StartOf(receivedOn.AddDays(Deadline.Quantity + 1)),
        PeriodUnit.Months => ChinaTime.StartOf(receivedOn.AddMonths(Deadline.Quantity).AddDays(1)),
        PeriodUnit.NoLimit => null,
        _ => throw new InvalidOperationException($"An activation deadline cannot be counted in {Deadline.Unit}."),
    };
}
