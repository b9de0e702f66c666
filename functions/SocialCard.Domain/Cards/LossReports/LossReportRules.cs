namespace SocialCard.Domain.Cards;

/// <summary>Which loss reports a region takes and releases: of which form, on which application, by which channel and from whom.</summary>
internal static class LossReportRules
{
    public static IReadOnlyList<CardApplication> BothApplications { get; } = [CardApplication.Social, CardApplication.Financial];

    public static IReadOnlyList<CardApplication> ApplicationsOf(LossScope scope) => scope switch
    {
        LossScope.Social => [CardApplication.Social],
        LossScope.Financial => [CardApplication.Financial],
        _ => BothApplications,
    };

    public static LossScope ScopeOf(IReadOnlyList<CardApplication> applications) =>
        applications.Count > 1 ? LossScope.Both : applications[0] is CardApplication.Social ? LossScope.Social : LossScope.Financial;

    public static LossReportFormPolicy FormOf(LossReportKind kind, RegionPolicy policy) =>
        kind is LossReportKind.Temporary ? policy.LossReports.Temporary : policy.LossReports.Formal;

    public static LossReportSidePolicy RuleOf(CardApplication application, LossReportFormPolicy form) =>
        application is CardApplication.Social ? form.Social : form.Financial;

    /// <summary>Whether a channel takes a report on an application; some regions have channels of their own for a password alone.</summary>
    public static bool Takes(
        CardApplication application, LossReportKind kind, LossReason reason, ServiceChannel channel, RegionPolicy policy) =>
        (kind is LossReportKind.Formal && reason is LossReason.PasswordLeaked && policy.LossReports.PasswordLossChannels is { } own
            ? own : RuleOf(application, FormOf(kind, policy)).Channels).Contains(channel);

    /// <summary>Why a region does not take a report; null if it does.</summary>
    public static Refusal? NotReportable(Card card, ReportLoss command, LossReportFormPolicy form, RegionPolicy policy, DateTimeOffset now)
    {
        var asked = ApplicationsOf(command.Scope);
        if (asked.Any(application => !RuleOf(application, form).Offered))
        {
            return LossRefusals.FormNotOffered;
        }

        // Where a report on one application is one on both, the channel of either will do.
        var linkage = form.Linkage.For(command.Channel);
        bool IsTaken(CardApplication application) => Takes(application, command.Kind, command.Reason, command.Channel, policy);
        if (!(linkage is LossLinkage.Linked or LossLinkage.Shared ? asked.Any(IsTaken) : asked.All(IsTaken)))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(command.Channel)!);
        }

        if (linkage is LossLinkage.BothRequired && command.Scope is not LossScope.Both)
        {
            return LossRefusals.BothRequired;
        }

        if (command.SelfService && form.RequiresChangedPassword
            && card.HeldPasswords.Of(PasswordKind.Social) is { IsOwn: false } initial && !(initial.Pending?.EffectiveAt <= now))
        {
            return LossRefusals.PasswordUnchanged;
        }

        return form.RequiresBankPassword && !command.BankPasswordVerified
            ? LossRefusals.BankPasswordRequired
            : NotRepresented(command.Reporter, form.Agent, command.Kind is LossReportKind.Temporary, policy, now);
    }

    /// <summary>Why a region does not release a report; null if it does.</summary>
    public static Refusal? NotReleasable(ReleaseLoss command, LossReport report, RegionPolicy policy, DateTimeOffset now)
    {
        var rule = report.Release;
        if (rule.Until is ReleasableUntil.Never || (rule.Until is ReleasableUntil.FormalReport && report.Kind is LossReportKind.Formal))
        {
            return LossRefusals.Final;
        }

        if (rule.Until is ReleasableUntil.Expiry && report.Sides.All(side => !side.Holds || side.ExpiresAt <= now))
        {
            return LossRefusals.ReleaseWindowClosed;
        }

        return !rule.Channels.Contains(command.Channel) ? Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(command.Channel)!)
            : rule.Where is ServicePlace.AcceptingPoint && command.By != report.By ? LossRefusals.ReleaseElsewhere
            : NotRepresented(
                command.Reporter,
                rule.HolderOnly ? new AgentRule(false, []) : FormOf(report.Kind, policy).Agent,
                isUrgent: false,
                policy,
                now);
    }

    // To suspend a card for some days must be quick, and a guardian's word is enough for it.
    private static Refusal? NotRepresented(
        LossReporter reporter, AgentRule rule, bool isUrgent, RegionPolicy policy, DateTimeOffset now)
    {
        var (activation, today) = (policy.Activation, ChinaTime.DateOf(now));
        return reporter.Agent?.NotAccepted(
            rule, activation.IsMinor(reporter.HolderBirthDate, today), today, isUrgent ? [] : activation.GuardianDocuments);
    }
}
