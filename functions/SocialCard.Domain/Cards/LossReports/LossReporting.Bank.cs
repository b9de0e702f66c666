using static SocialCard.Domain.Cards.LossReportRules;

namespace SocialCard.Domain.Cards;

/// <summary>
/// What the bank tells of losses: facts, whatever the region's rules on channels, in whatever order they arrive. What a card comes to
/// follows from the facts alone: a formal report outranks a temporary one, the longer of two holds, and a release ends what was reported
/// before it and nothing that was reported after it.
/// </summary>
public readonly partial record struct LossReporting
{
    /// <summary>The bank says that the financial application was reported to it.</summary>
    /// <param name="reportId">The id that the report will have.</param>
    /// <param name="kind">Temporary or formal.</param>
    /// <param name="reportedAt">When, as the bank says.</param>
    /// <param name="policy">The region's rules.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> FinancialReported(
        string reportId, LossReportKind kind, DateTimeOffset reportedAt, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Card.Following.Beneath(
                reportedAt,
                before => before.LossReports.FinancialReported(reportId, kind, reportedAt, policy, calendar, now),
                new BankEventNoted(reportedAt));
        }

        const ServiceChannel channel = ServiceChannel.Bank;
        var form = FormOf(kind, policy);
        var report = new LossReport(
            reportId,
            kind,
            LossReason.Lost,
            channel,
            Card.BankId,
            reportedAt,
            form.Linkage.For(channel),
            form.Release.Of(channel, isWithBank: true),
            [],
            LossWallet.Of(policy.LossReports.Wallet, reportedAt, calendar));
        var card = Card;
        var sides = ReachOf(report, [CardApplication.Financial])
            .Select(application => SideOf(card, report, application, application is not CardApplication.Financial, form, calendar));
        var change = new CardChange(card);
        change.MergeLoss(report with { Sides = [.. sides] }, now);
        return Noted(change, reportedAt);
    }

    /// <summary>
    /// The bank says that it released its application: what was reported before is over. Where the region links the applications, or
    /// restores both at once, or the report was passed on, the social-security application is released with it, unless the report is
    /// final or a new card is on its way.
    /// </summary>
    /// <param name="newReportId">The id of a report that holds again, because it was made after the release.</param>
    /// <param name="releasedAt">When, as the bank says.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> FinancialReleased(string newReportId, DateTimeOffset releasedAt, DateTimeOffset now)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Card.Following.Beneath(
                releasedAt,
                before => before.LossReports.FinancialReleased(newReportId, releasedAt, now),
                new BankEventNoted(releasedAt));
        }

        var change = new CardChange(Card);
        if (Card.Loss.On(CardApplication.Financial) is { } report && report.ReportedAt <= releasedAt)
        {
            change.ReleaseLoss(report, ReleasedWith(report), ServiceChannel.Bank, releasedAt);
            change.BringBackOutranked(newReportId, now);
        }
        else if (!(Card.Loss.FinancialReleasedAt >= releasedAt))
        {
            change.Apply(Card with { Loss = Card.Loss.Released(CardApplication.Financial, releasedAt) });
            foreach (var application in Card.Loss.On(CardApplication.Financial)?.ReleasedByBank ?? [])
            {
                change.Postdate(application, releasedAt);
            }
        }

        return Noted(change, releasedAt);
    }

    private IReadOnlyList<CardApplication> ReleasedWith(LossReport report) =>
        Card.Reissue is { IsLive: true } ? [CardApplication.Financial] : report.ReleasedByBank;

    // What changes nothing that shows is on the timeline nonetheless, once.
    private Decision<Card> Noted(CardChange change, DateTimeOffset occurredAt)
    {
        if (change.Decision.Events.Count == 0 && !ReferenceEquals(change.Card, Card))
        {
            change.Apply(change.Card, new BankEventNoted(occurredAt));
        }

        return change.Decision;
    }
}
