using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    internal static readonly IReadOnlyList<CardApplication> BothApplications = [CardApplication.Social, CardApplication.Financial];

    /// <summary>The card's loss reports, and what its applications are beneath them.</summary>
    public CardLoss Loss { get; init; } = new();

    /// <summary>
    /// What time alone has done to the card: loss reports took effect, lapsed, or ended the card; a fee came too late; a temporary
    /// card's last day is over.
    /// </summary>
    /// <param name="asOf">The time by which it is judged.</param>
    public Decision<Card> AdvanceTo(DateTimeOffset asOf)
    {
        var change = new CardChange(this);
        change.AdvanceLoss(asOf);
        change.CancelUnpaidReissue(asOf);
        change.ExpireTemporaryCard(asOf);
        return change.Decision;
    }

    /// <summary>
    /// The card is reported lost: at once, or when the region's delay has passed. A formal report takes the place of a
    /// temporary one; a temporary one that of another where the region lets it be renewed.
    /// </summary>
    public Decision<Card> ReportLoss(ReportLoss command, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        var form = FormOf(command.Kind, policy);
        if (NotReportable(command, form, policy, now) is { } refusal)
        {
            return refusal;
        }

        var asked = ApplicationsOf(command.Scope);
        if (!asked.Any(application => IsOpen(application, command.Kind, form.Renewable)))
        {
            return LossRefusals.AlreadyReported;
        }

        return FileLoss(
            command.ReportId, command.Kind, command.Reason, asked, command.Channel, command.By, form, form.Renewable, calendar, now, now);
    }

    /// <summary>A temporary report is made formal, for every application that the channel takes a formal report on.</summary>
    public Decision<Card> FormalizeLoss(FormalizeLoss command, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Loss.Find(command.TemporaryId) is not { } temporary)
        {
            return LossRefusals.Ended;
        }

        if (temporary.Kind is LossReportKind.Formal)
        {
            return LossRefusals.AlreadyFormal;
        }

        var form = policy.LossReports.Formal;
        var held = temporary.Sides.Where(side => side.Holds).Select(side => side.Application).ToList();
        var taken = held.Where(application => Takes(application, LossReportKind.Formal, temporary.Reason, command.Channel, policy)).ToList();
        var scope = form.Linkage.For(command.Channel) is LossLinkage.BothRequired ? BothApplications : taken.Count > 0 ? taken : held;
        return ReportLoss(
            new(
                command.FormalId,
                LossReportKind.Formal,
                temporary.Reason,
                scope.Count > 1 ? LossScope.Both : scope[0] is CardApplication.Social ? LossScope.Social : LossScope.Financial,
                command.Channel,
                command.By,
                command.Reporter,
                BankPasswordVerified: command.BankPasswordVerified),
            policy,
            calendar,
            now);
    }

    /// <summary>A report is released: every application that it holds becomes again what it is beneath the report.</summary>
    /// <returns>The decision, and the report after it; no report where the release is refused.</returns>
    public (Decision<Card> Decision, LossReportView? Report) ReleaseLoss(ReleaseLoss command, RegionPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        if (Social.State is SocialState.Cancelled)
        {
            return (Refusal.CardCancelled, null);
        }

        if (Loss.Find(command.ReportId) is not { } report)
        {
            return (LossRefusals.Ended, null);
        }

        // Two cards would come of it: the one that works again, and the new one.
        if (report.Kind is LossReportKind.Formal && Reissue is { IsLive: true })
        {
            return (LossRefusals.ReleaseWindowClosed, null);
        }

        if (NotReleasable(command, report, policy, now) is { } refusal)
        {
            return (refusal, null);
        }

        var change = new CardChange(this);
        var released = change.ReleaseLoss(report, BothApplications, command.Channel, now);
        if (report.Release.BothSides)
        {
            foreach (var other in change.Card.Loss.Reports.Where(other => other.Release.Until is not ReleasableUntil.Never))
            {
                change.ReleaseLoss(other, BothApplications, command.Channel, now);
            }
        }

        return (change.Decision, LossReportView.Of(released));
    }

    /// <summary>A moment of a report has come: time has its effect, and the holder is warned if that is what the moment is for.</summary>
    /// <param name="reportId">The report.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="asOf">The time by which it is judged.</param>
    public Decision<Card> PassLossMoment(string reportId, LossMoment moment, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(moment);
        var change = new CardChange(this);
        change.AdvanceLoss(asOf);
        var side = change.Card.Loss.Find(reportId)?.Sides.FirstOrDefault(side => side.Application == moment.Application);
        if (moment.Step is LossStep.Warning && side is { State: LossReportState.Effective, EndsAt: { } end })
        {
            change.Apply(change.Card, new LossReportEndWarned(reportId, moment.Application, end, side.OnEnd));
        }

        return change.Decision;
    }

    /// <summary>The bank says that the financial application was reported to it; a fact, whatever the region's rules on channels.</summary>
    /// <param name="reportId">The id that the report will have.</param>
    /// <param name="kind">Temporary or formal.</param>
    /// <param name="reportedAt">When, as the bank says.</param>
    /// <param name="policy">The region's rules.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> FinancialLossReported(
        string reportId, LossReportKind kind, DateTimeOffset reportedAt, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (!IsOpen(CardApplication.Financial, kind, renewable: false))
        {
            return Decision.Unchanged(this);
        }

        return reportedAt < Financial.Since
            ? Decision.Changed(this, new BankEventOutdated(reportedAt))
            : FileLoss(
                reportId,
                kind,
                LossReason.Lost,
                [CardApplication.Financial],
                ServiceChannel.Bank,
                BankId,
                FormOf(kind, policy),
                renewable: false,
                calendar,
                reportedAt,
                now);
    }

    /// <summary>
    /// The bank says that a report was released there. Where the region links the applications, or restores both at once,
    /// the social-security application is released with it, unless the report is final.
    /// </summary>
    /// <param name="releasedAt">When, as the bank says.</param>
    public Decision<Card> FinancialLossReleased(DateTimeOffset releasedAt)
    {
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Loss.On(CardApplication.Financial) is not { } report)
        {
            return Decision.Unchanged(this);
        }

        if (releasedAt < report.ReportedAt)
        {
            return Decision.Changed(this, new BankEventOutdated(releasedAt));
        }

        var together = (report.Linkage is LossLinkage.Linked || report.Release.BothSides) && report.Release.Until is not ReleasableUntil.Never;
        var change = new CardChange(this);
        change.ReleaseLoss(report, together ? BothApplications : [CardApplication.Financial], ServiceChannel.Bank, releasedAt);
        return change.Decision;
    }

    /// <summary>The social-security application as it is, or as it is beneath a loss report.</summary>
    internal Application<SocialState> SocialBeneath => Loss.Social ?? Social;

    /// <summary>The financial application as it is, or as it is beneath a loss report.</summary>
    internal Application<FinancialState> FinancialBeneath => Loss.Financial ?? Financial;

    internal Card WithSocial(Application<SocialState> next) =>
        Loss.Social is null ? this with { Social = next } : this with { Loss = Loss with { Social = next } };

    internal Card WithFinancial(Application<FinancialState> next) =>
        Loss.Financial is null ? this with { Financial = next } : this with { Loss = Loss with { Financial = next } };

    internal static IReadOnlyList<CardApplication> ApplicationsOf(LossScope scope) => scope switch
    {
        LossScope.Social => [CardApplication.Social],
        LossScope.Financial => [CardApplication.Financial],
        _ => BothApplications,
    };

    internal static LossReportFormPolicy FormOf(LossReportKind kind, RegionPolicy policy) =>
        kind is LossReportKind.Temporary ? policy.LossReports.Temporary : policy.LossReports.Formal;

    internal static LossReportSidePolicy RuleOf(CardApplication application, LossReportFormPolicy form) =>
        application is CardApplication.Social ? form.Social : form.Financial;

    /// <summary>Whether a channel takes a report on an application; some regions have channels of their own for a password alone.</summary>
    internal static bool Takes(
        CardApplication application, LossReportKind kind, LossReason reason, ServiceChannel channel, RegionPolicy policy) =>
        (kind is LossReportKind.Formal && reason is LossReason.PasswordLeaked && policy.LossReports.PasswordLossChannels is { } own
            ? own : RuleOf(application, FormOf(kind, policy)).Channels).Contains(channel);

    /// <summary>Whether a report would add anything to what holds for an application.</summary>
    internal bool IsOpen(CardApplication application, LossReportKind kind, bool renewable) =>
        Loss.On(application) is not { } holding
        || (holding.Kind is LossReportKind.Temporary && (kind is LossReportKind.Formal || renewable));

    internal Refusal? NotReportable(ReportLoss command, LossReportFormPolicy form, RegionPolicy policy, DateTimeOffset now)
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
            && Passwords.Of(PasswordKind.Social) is { Verifier: null } initial && !(initial.Pending?.EffectiveAt <= now))
        {
            return LossRefusals.PasswordUnchanged;
        }

        return form.RequiresBankPassword && !command.BankPasswordVerified
            ? LossRefusals.BankPasswordRequired
            : NotRepresented(command.Reporter, form.Agent, policy, now);
    }

    internal static Refusal? NotReleasable(ReleaseLoss command, LossReport report, RegionPolicy policy, DateTimeOffset now)
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
            : NotRepresented(command.Reporter, rule.HolderOnly ? new AgentRule(false, []) : FormOf(report.Kind, policy).Agent, policy, now);
    }

    internal static Refusal? NotRepresented(LossReporter reporter, AgentRule rule, RegionPolicy policy, DateTimeOffset now)
    {
        var today = ChinaTime.DateOf(now);
        return reporter.Agent?.NotAccepted(rule, reporter.HolderBirthDate.AddYears(policy.Activation.MinorAge) > today, today);
    }

    internal Decision<Card> FileLoss(
        string reportId,
        LossReportKind kind,
        LossReason reason,
        IReadOnlyList<CardApplication> asked,
        ServiceChannel channel,
        string by,
        LossReportFormPolicy form,
        bool renewable,
        WorkingCalendar calendar,
        DateTimeOffset reportedAt,
        DateTimeOffset now)
    {
        var linkage = form.Linkage.For(channel);
        var reached = linkage is LossLinkage.Linked or LossLinkage.Shared ? BothApplications : asked;
        var report = new LossReport(
            reportId,
            kind,
            reason,
            channel,
            by,
            reportedAt,
            linkage,
            form.Release,
            [
                .. reached.Where(application => IsOpen(application, kind, renewable)).Select(application =>
                    SideOf(application, passedOn: !asked.Contains(application), form, channel, calendar, reportedAt)),
            ]);
        var change = new CardChange(this);
        change.FileLoss(report);
        change.AdvanceLoss(now);
        return change.Decision;
    }

    internal LossSide SideOf(
        CardApplication application, bool passedOn, LossReportFormPolicy form, ServiceChannel channel, WorkingCalendar calendar, DateTimeOffset reportedAt)
    {
        // What is suspended stays so: a delay is for a card that still works.
        var isSuspended = application is CardApplication.Social ? Loss.Social is not null : Loss.Financial is not null;
        var (effectiveAt, provisionalEffect) = isSuspended
            ? (reportedAt, false) : EffectiveMoment.Of(form.EffectDelay.For(channel), reportedAt, calendar);
        var rule = RuleOf(application, form);
        var (expiresAt, provisionalEnd) = ValidityEnd.Of(rule.Validity, reportedAt, calendar);
        return new(
            application, LossReportState.Pending, passedOn, effectiveAt, expiresAt, rule.OnEnd, provisionalEffect || provisionalEnd);
    }
}
