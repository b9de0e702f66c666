namespace SocialCard.Domain.Rules;

/// <summary>How the social-security application is activated. The financial one is the bank's own: it tells that it is active.</summary>
/// <param name="Channels">Where.</param>
/// <param name="Agent">Whether an agent may do it.</param>
/// <param name="AgentChannels">Where an agent may; null where no restriction is known.</param>
public sealed record SocialActivationPolicy(
    IReadOnlyList<ServiceChannel> Channels, AgentRule Agent, IReadOnlyList<ServiceChannel>? AgentChannels) : PolicySection;

/// <summary>The activation clock, and who may activate a card where.</summary>
/// <param name="Deadline">How long after the day of receipt a card may be activated.</param>
/// <param name="AppliesTo">What satisfies the clock.</param>
/// <param name="OnMissed">What happens when it runs out.</param>
/// <param name="RestoreSteps">What brings the card back, in this order.</param>
/// <param name="ReminderDaysBefore">Days before the deadline on which the holder is reminded.</param>
/// <param name="Social">How the social-security application is activated.</param>
/// <param name="Occasions">On which occasions a first use enables the card.</param>
/// <param name="FinancialImpliesSocial">Activating the financial application activates the social-security one.</param>
/// <param name="SocialNeedsFinancial">The social-security application works only once the financial one is active.</param>
/// <param name="SocialUsableOnReceipt">The social-security application works from the day of receipt.</param>
/// <param name="AtIssue">The card is activated at the counter that hands it over.</param>
/// <param name="MinorAge">Below this age, in years, only a guardian acts.</param>
/// <param name="GuardianDocuments">
/// What a guardian must show to act for a minor, all of it, whatever he asks for; only a temporary loss report takes his word.
/// </param>
/// <param name="MinorChannels">Where a minor's card is activated; null where no restriction is known.</param>
/// <param name="MinorMaySkipFinancial">A minor's financial application may stay inactive: the clock does not ask for it.</param>
/// <param name="OldCardRestrictedAfter">
/// How long after receipt the medical card of before (旧医保卡) is restricted if this one is not activated, while the clock runs. A region
/// in which that is all that ever happens says so by <paramref name="Deadline"/> and <paramref name="OnMissed"/>.
/// </param>
public sealed record ActivationPolicy(
    [Units(PeriodUnit.Days, PeriodUnit.Months, PeriodUnit.NoLimit)] Period Deadline,
    ActivationScope AppliesTo,
    MissedActivation OnMissed,
    IReadOnlyList<RestoreStep> RestoreSteps,
    IReadOnlyList<int> ReminderDaysBefore,
    SocialActivationPolicy Social,
    IReadOnlyList<UsageOccasion> Occasions,
    bool FinancialImpliesSocial,
    bool SocialNeedsFinancial,
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
    public DateTimeOffset? ActivationDeadline(DateOnly receivedOn) => EndOf(Deadline, receivedOn);

    /// <summary>
    /// The instant from which the medical card of before is restricted: 00:00 China Standard Time of the day after the last of the period.
    /// </summary>
    /// <param name="receivedOn">The local date of receipt.</param>
    /// <returns>The instant in UTC, or null where the region restricts none.</returns>
    public DateTimeOffset? OldCardRestriction(DateOnly receivedOn) =>
        OldCardRestrictedAfter is { } after ? EndOf(after, receivedOn) : null;

    /// <summary>
    /// The same rules as they are for a holder: a minor's card is activated where the region says, and where his financial application
    /// may stay inactive, nothing hangs on it.
    /// </summary>
    /// <param name="birthDate">His day of birth; one of whom it is not known counts as an adult.</param>
    /// <param name="today">The local day.</param>
    public ActivationPolicy Of(DateOnly? birthDate, DateOnly today)
    {
        if (!IsMinor(birthDate, today))
        {
            return this;
        }

        var where = this with { Social = Social with { Channels = MinorChannels ?? Social.Channels } };
        return !MinorMaySkipFinancial ? where : where with
        {
            AppliesTo = AppliesTo is ActivationScope.Any ? ActivationScope.Any : ActivationScope.Social,
            OnMissed = OnMissed is MissedActivation.SuspendFinancial ? MissedActivation.Nothing : OnMissed,
            RestoreSteps = [.. RestoreSteps.Where(step => step is not RestoreStep.ActivateFinancial)],
            SocialNeedsFinancial = false,
        };
    }

    private static DateTimeOffset? EndOf(Period period, DateOnly receivedOn) => period.Unit switch
    {
        PeriodUnit.Days => ChinaTime.StartOf(receivedOn.AddDays(period.Quantity + 1)),
        PeriodUnit.Months => ChinaTime.StartOf(receivedOn.AddMonths(period.Quantity).AddDays(1)),
        PeriodUnit.NoLimit => null,
        _ => throw new InvalidOperationException($"What follows a receipt cannot be counted in {period.Unit}."),
    };
}
