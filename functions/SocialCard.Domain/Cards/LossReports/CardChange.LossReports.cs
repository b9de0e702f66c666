namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>What time alone has done to the loss reports, in the order in which it happened.</summary>
    public void AdvanceLoss(DateTimeOffset asOf)
    {
        // Most cards are not lost, and every one passes here whenever it is read.
        while (Card.Loss.Reports.Count > 0 && NextOfLoss(asOf) is { Report: { } report, Side: { } side })
        {
            if (side.State is LossReportState.Pending)
            {
                Suspend(report, side);
            }
            else if (side.OnEnd is LossReportEnd.CancelCard)
            {
                var at = side.EndsAt!.Value;
                AdvancePasswords(at);
                Cancel(StateReason.Forfeited, at, new LossReportForfeited(report.ReportId, StateReason.Forfeited, at));
            }
            else
            {
                Lapse(report, side);
            }
        }
    }

    /// <summary>
    /// A new report holds, and takes the place of those that held for its applications. One that was made after it is kept: a release in
    /// between would not end it.
    /// </summary>
    public void FileLoss(LossReport report)
    {
        foreach (var application in report.Sides.Select(side => side.Application))
        {
            if (Card.Loss.On(application) is { } older)
            {
                var state = older.Kind == report.Kind ? LossReportState.Renewed : LossReportState.Formalized;
                End(older, application, state, Later(report.ReportedAt, older.ReportedAt));
                Apply(Card, new LossReportSuperseded(older.ReportId, report.ReportId, application, state));
                KeepOutranked(older, report, application);
            }

            ForgetOutranked(application, outranked => report.Covers(outranked, application));
        }

        Apply(
            Card with { Loss = Card.Loss with { Reports = [.. Card.Loss.Reports, report] } },
            new LossReported(report.ReportId, report.Kind, report.Reason, report.Channel, report.Sides));
        Document(report);
        if (report.Sides.Any(side => side.Application is CardApplication.Social))
        {
            DropPendingPasswords();
        }
    }

    /// <summary>A report no longer holds for some applications, which become again what they are beneath it.</summary>
    /// <returns>The report after it.</returns>
    public LossReport ReleaseLoss(
        LossReport report, IReadOnlyList<CardApplication> applications, ServiceChannel channel, DateTimeOffset at)
    {
        CardApplication[] released =
            [.. report.Sides.Where(side => side.Holds && applications.Contains(side.Application)).Select(side => side.Application)];
        foreach (var application in released)
        {
            report = End(report, application, LossReportState.Released, at);
            Restore(application, at);
            Apply(Card with { Loss = Card.Loss.Released(application, at) });
            ForgetOutranked(application, outranked => outranked.ReportedAt <= at);
        }

        Apply(Card, new LossReportReleased(report.ReportId, released, channel));
        return report;
    }

    /// <summary>The card has ended, and with it every loss report.</summary>
    private void CloseLossReports(DateTimeOffset at)
    {
        foreach (var report in Card.Loss.Reports)
        {
            Document(report with
            {
                Sides =
                [
                    .. report.Sides.Select(side =>
                        side.Holds ? side with { State = LossReportState.CardCancelled, EndedAt = at } : side),
                ],
            });
        }

        Apply(Card with { Loss = new() });
    }

    private (LossReport? Report, LossSide? Side) NextOfLoss(DateTimeOffset asOf) => Card.Loss.Reports
        .SelectMany(report => report.Sides, (report, side) => (Report: (LossReport?)report, Side: (LossSide?)side))
        .Where(next => next.Side!.NextAt <= asOf && !(IsLapse(next.Side) && Card.Reissue is { IsLive: true }))
        .OrderBy(next => next.Side!.NextAt)
        .FirstOrDefault();

    // What is lost while a new card is on its way stays lost: two cards would come of it.
    private static bool IsLapse(LossSide side) =>
        side is { State: LossReportState.Effective, Application: CardApplication.Social, OnEnd: not LossReportEnd.CancelCard };

    private void Suspend(LossReport report, LossSide side)
    {
        Replace(report.With(side with { State = LossReportState.Effective }));
        var reason = report.Kind is LossReportKind.Temporary ? StateReason.TemporaryLoss : StateReason.FormalLoss;
        var happened = new LossSuspended(report.ReportId, side.Application, reason, side.EffectiveAt);

        // Of reports that follow each other without a gap, the first says since when the card is lost.
        var loss = Card.Loss;
        if (side.Application is CardApplication.Social)
        {
            var since = loss.Social is null ? side.EffectiveAt : Earlier(side.EffectiveAt, Card.Social.Since);
            Apply(
                Card with { Social = new(SocialState.Suspended, reason, since), Loss = loss with { Social = loss.Social ?? Card.Social } },
                happened);
        }
        else
        {
            var since = loss.Financial is null ? side.EffectiveAt : Earlier(side.EffectiveAt, Card.Financial.Since);
            Apply(
                Card with
                {
                    Financial = new(FinancialState.Suspended, reason, since),
                    Loss = loss with { Financial = loss.Financial ?? Card.Financial },
                },
                happened);
        }
    }

    private void Lapse(LossReport report, LossSide side)
    {
        var at = side.EndsAt!.Value;
        End(report, side.Application, LossReportState.Lapsed, at);
        Restore(side.Application, at);
        var state = side.Application is CardApplication.Social
            ? SocialCardJson.NameOf<SocialState>(Card.Social.State) : SocialCardJson.NameOf<FinancialState>(Card.Financial.State);
        Apply(Card, new LossReportLapsed(report.ReportId, side.Application, at, state!));
    }

    private LossReport End(LossReport report, CardApplication application, LossReportState state, DateTimeOffset at)
    {
        var side = report.SideOn(application);
        return Replace(report.With(side with { State = state, EndedAt = at }));
    }

    private void Restore(CardApplication application, DateTimeOffset at)
    {
        var loss = Card.Loss;
        if (application is CardApplication.Social && loss.Social is { } social)
        {
            Apply(Card with { Social = social with { Since = at }, Loss = loss with { Social = null } });
        }
        else if (application is CardApplication.Financial && loss.Financial is { } financial)
        {
            Apply(Card with { Financial = financial with { Since = at }, Loss = loss with { Financial = null } });
        }
    }

    private LossReport Replace(LossReport changed)
    {
        var reports = Card.Loss.Reports.Select(report => report.ReportId == changed.ReportId ? changed : report);
        Apply(Card with { Loss = Card.Loss with { Reports = [.. reports.Where(report => report.Holds)] } });
        Document(changed);
        return changed;
    }

    private void Document(LossReport report) => documents.Add(LossReportView.Of(report).ToDocument());

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
