namespace SocialCard.Domain.Rules;

/// <summary>One form of report on one application.</summary>
/// <param name="Offered">The form exists for this application.</param>
/// <param name="Validity">How long it holds; null where unknown, and the card then stays suspended.</param>
/// <param name="OnEnd">What happens then.</param>
/// <param name="Channels">Where it is made.</param>
public sealed record LossReportSidePolicy(
    bool Offered,
    [Units(PeriodUnit.Hours, PeriodUnit.Days, PeriodUnit.WorkingDays, PeriodUnit.NoLimit)] Period? Validity,
    LossReportEnd OnEnd,
    IReadOnlyList<ServiceChannel> Channels) : PolicySection;

/// <summary>How a report is released.</summary>
/// <param name="Until">Until when.</param>
/// <param name="Where">At which point.</param>
/// <param name="Channels">By which channels.</param>
/// <param name="HolderOnly">No agent may do it.</param>
/// <param name="BothSides">A release restores both applications at once.</param>
public sealed record LossReleasePolicy(
    ReleasableUntil Until,
    ServicePlace Where,
    IReadOnlyList<ServiceChannel> Channels,
    bool HolderOnly,
    bool BothSides) : PolicySection
{
    /// <summary>
    /// The rule for a report, where the region asks for the point that took it. A hotline or a portal is no point that releases: what was
    /// reported there is released at any, or nobody could. A bank that was told by telephone has its branches.
    /// </summary>
    /// <param name="channel">Where the report was made.</param>
    /// <param name="isWithBank">Whether it was made with the card's bank.</param>
    public LossReleasePolicy Of(ServiceChannel channel, bool isWithBank) =>
        Channels.Contains(channel) || (isWithBank && Channels.Contains(ServiceChannel.Bank))
            ? this : this with { Where = ServicePlace.AnyPoint };
}

/// <summary>One form of loss report.</summary>
/// <param name="Social">On the social-security application.</param>
/// <param name="Financial">On the financial application.</param>
/// <param name="EffectDelay">When the card is suspended.</param>
/// <param name="Linkage">What a report on one application does to the other.</param>
/// <param name="Renewable">A report may follow the last without a gap.</param>
/// <param name="RequiresChangedPassword">Phone self-service only with a social password that is no longer the initial one.</param>
/// <param name="RequiresBankPassword">The reporter must know the financial password.</param>
/// <param name="Agent">Whether an agent may report.</param>
/// <param name="Release">How it is released.</param>
public sealed record LossReportFormPolicy(
    LossReportSidePolicy Social,
    LossReportSidePolicy Financial,
    ByChannel<Delay> EffectDelay,
    ByChannel<LossLinkage> Linkage,
    bool Renewable,
    bool RequiresChangedPassword,
    bool RequiresBankPassword,
    AgentRule Agent,
    LossReleasePolicy Release) : PolicySection;

/// <summary>The e-wallet that a citizen card adds. This service does not hold it; holders ask about it.</summary>
/// <param name="FrozenWithCard">A loss report freezes it.</param>
/// <param name="EffectDelay">When.</param>
/// <param name="UsableAfterRelease">How long after a release it works again.</param>
/// <param name="PaidOutAfter">How long after the report its balance is paid out.</param>
public sealed record LossWalletPolicy(
    bool? FrozenWithCard,
    [Units(PeriodUnit.Hours)] Period? EffectDelay,
    [Units(PeriodUnit.WorkingDays)] Period? UsableAfterRelease,
    [Units(PeriodUnit.Months)] Period? PaidOutAfter) : PolicySection;

/// <summary>Loss reports.</summary>
/// <param name="Temporary">Oral, by phone or online: limited in time.</param>
/// <param name="Formal">In person: the usual condition of reissue.</param>
/// <param name="PasswordLossChannels">Where the loss of a password alone is reported; null where no such report is known.</param>
/// <param name="Wallet">The e-wallet.</param>
public sealed record LossReportsPolicy(
    LossReportFormPolicy Temporary,
    LossReportFormPolicy Formal,
    IReadOnlyList<ServiceChannel>? PasswordLossChannels,
    LossWalletPolicy Wallet) : PolicySection;
