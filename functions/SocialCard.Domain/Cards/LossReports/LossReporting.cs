using static SocialCard.Domain.Cards.LossReportRules;

namespace SocialCard.Domain.Cards;

/// <summary>Decides on a card's loss reports (挂失): by the holder's commands, by what the bank says of its side, and by time.</summary>
/// <param name="Card">The card.</param>
public readonly partial record struct LossReporting(Card Card)
{
    /// <summary>
    /// The card is reported lost: at once, or when the region's delay has passed. A formal report takes the place of a
    /// temporary one; a temporary one that of another where the region lets it be renewed.
    /// </summary>
    public Decision<Card> Report(ReportLoss command, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        var form = FormOf(command.Kind, policy);
        if (NotReportable(Card, command, form, policy, now) is { } refusal)
        {
            return refusal;
        }

        var asked = ApplicationsOf(command.Scope);
        var loss = Card.Loss;
        if (!asked.Any(application => loss.IsOpen(application, command.Kind, form.Renewable)))
        {
            return LossRefusals.AlreadyReported;
        }

        var report = new LossReport(
            command.ReportId,
            command.Kind,
            command.Reason,
            command.Channel,
            command.By,
            now,
            form.Linkage.For(command.Channel),
            form.Release.Of(command.Channel, command.By == Card.BankId),
            [],
            LossWallet.Of(policy.LossReports.Wallet, now, calendar));
        return File(report, asked, form, form.Renewable, calendar, now);
    }

    /// <summary>A temporary report is made formal, for every application that the channel takes a formal report on.</summary>
    public Decision<Card> Formalize(FormalizeLoss command, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Card.Loss.Find(command.TemporaryId) is not { } temporary)
        {
            return LossRefusals.Ended;
        }

        if (temporary.Kind is LossReportKind.Formal)
        {
            return LossRefusals.AlreadyFormal;
        }

        var form = policy.LossReports.Formal;
        var held = temporary.Sides.Where(side => side.Holds).Select(side => side.Application).ToList();
        var taken = held
            .Where(application => Takes(application, LossReportKind.Formal, temporary.Reason, command.Channel, policy))
            .ToList();
        var scope = form.Linkage.For(command.Channel) is LossLinkage.BothRequired ? BothApplications : taken.Count > 0 ? taken : held;
        return Report(
            new(
                command.FormalId,
                LossReportKind.Formal,
                temporary.Reason,
                ScopeOf(scope),
                command.Channel,
                command.By,
                command.Reporter,
                BankPasswordVerified: command.BankPasswordVerified),
            policy,
            calendar,
            now);
    }

    /// <summary>By whom a report was asked for; whether its region lets it be released through a channel is told by the release.</summary>
    public AskedFor? AskedFor(string reportId) =>
        Card.Loss.Find(reportId) is { } report ? new(report.By, Enum.GetValues<ServiceChannel>()) : null;

    /// <summary>A report is released: every application that it holds becomes again what it is beneath the report.</summary>
    /// <returns>With the report after it.</returns>
    public Decision<Card, LossReportView> Release(ReleaseLoss command, RegionPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Card.Loss.Find(command.ReportId) is not { } report)
        {
            return LossRefusals.Ended;
        }

        // Two cards would come of it: the one that works again, and the new one.
        if (Card.Reissue is { IsLive: true })
        {
            return LossRefusals.ReleaseWindowClosed;
        }

        if (NotReleasable(command, report, policy, now) is { } refusal)
        {
            return refusal;
        }

        var change = new CardChange(Card);
        var released = change.ReleaseLoss(report, BothApplications, command.Channel, now);
        if (report.Release.BothSides)
        {
            foreach (var other in change.Card.Loss.Reports.Where(other => other.Release.Until is not ReleasableUntil.Never))
            {
                change.ReleaseLoss(other, BothApplications, command.Channel, now);
            }
        }

        return change.Decision.With(LossReportView.Of(released));
    }

    /// <summary>A moment of a report has come: time has its effect, and the holder is warned if that is what the moment is for.</summary>
    /// <param name="reportId">The report.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="asOf">The time by which it is judged.</param>
    public Decision<Card> Pass(string reportId, LossMoment moment, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(moment);
        var change = new CardChange(Card);
        change.AdvanceLoss(asOf);
        var side = change.Card.Loss.Find(reportId)?.Sides.FirstOrDefault(side => side.Application == moment.Application);
        if (moment.Step is LossStep.Warning && side is { State: LossReportState.Effective, EndsAt: { } end })
        {
            change.Apply(change.Card, new LossReportEndWarned(reportId, moment.Application, end, side.OnEnd));
        }

        return change.Decision;
    }

    // On those of the applications asked for that are open, and on what the region links with them.
    private Decision<Card> File(
        LossReport report,
        IReadOnlyList<CardApplication> asked,
        LossReportFormPolicy form,
        bool renewable,
        WorkingCalendar calendar,
        DateTimeOffset now)
    {
        var card = Card;
        var change = new CardChange(card);
        change.FileLoss(report with
        {
            Sides =
            [
                .. ReachOf(report, asked).Where(application => card.Loss.IsOpen(application, report.Kind, renewable))
                    .Select(application => SideOf(card, report, application, !asked.Contains(application), form, calendar)),
            ],
        });
        change.AdvanceLoss(now);
        return change.Decision;
    }

    private static IReadOnlyList<CardApplication> ReachOf(LossReport report, IReadOnlyList<CardApplication> asked) =>
        report.Linkage is LossLinkage.Linked or LossLinkage.Shared ? BothApplications : asked;

    private static LossSide SideOf(
        Card card, LossReport report, CardApplication application, bool passedOn, LossReportFormPolicy form, WorkingCalendar calendar)
    {
        var (effectiveAt, provisionalEffect) = EffectiveMoment.Of(form.EffectDelay.For(report.Channel), report.ReportedAt, calendar);
        if (card.LostSince(application) is { } lost && lost < effectiveAt)
        {
            // What is suspended stays so: a delay is for a card that still works.
            (effectiveAt, provisionalEffect) = (lost < report.ReportedAt ? report.ReportedAt : lost, false);
        }

        var rule = RuleOf(application, form);
        var (expiresAt, provisionalEnd) = PeriodEnd.Of(rule.Validity, report.ReportedAt, calendar);
        return new(
            application, LossReportState.Pending, passedOn, effectiveAt, expiresAt, rule.OnEnd, provisionalEffect || provisionalEnd);
    }
}
