using SocialCard.Functions.Notices;

namespace SocialCard.Functions.LossReports;

/// <summary>What loss reports set in motion: the waiting workflows, their end, and the notices.</summary>
public sealed class LossReportHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        var number = after.Number.Value;
        var known = before?.Loss ?? new();
        foreach (var report in after.Loss.Reports.Where(report => known.Find(report.ReportId) is null))
        {
            if (ToCome(report, now) is { Count: > 0 } moments)
            {
                yield return OutboxMessage.Start(
                    nameof(LossReportOrchestration),
                    InstanceOf(report),
                    new LossWait(number, report.ReportId, moments));
            }
        }

        foreach (var report in known.Reports.Where(report => after.Loss.Find(report.ReportId) is null && ToCome(report, now).Count > 0))
        {
            yield return OutboxMessage.Raise(LossReportOrchestration.Ended, InstanceOf(report));
        }

        foreach (var notice in events.Select(happened => NoticeOf(happened, after.Number, now)).OfType<Notice>())
        {
            yield return Notice.Tell(notice);
        }

        string InstanceOf(LossReport report) =>
            LossReportOrchestration.InstanceOf(number, report.ReportId).InLife(after.Civil.Revivals);
    }

    private static List<LossMoment> ToCome(LossReport report, DateTimeOffset now) => [.. report.Moments.Where(moment => moment.At > now)];

    private static Notice? NoticeOf(DomainEvent happened, CardNumber number, DateTimeOffset now) => happened switch
    {
        LossReported reported => new($"{number}-loss-{reported.ReportId}", number, NoticeKind.LossReported, now),
        LossReportEndWarned warned => new(
            $"{number}-loss-{warned.ReportId}-warning-{SocialCardJson.NameOf<CardApplication>(warned.Application)}",
            number,
            warned.OnEnd is LossReportEnd.CancelCard ? NoticeKind.LossReportCancelling : NoticeKind.LossReportLapsing,
            now,
            warned.EndsAt),
        LossReportLapsed lapsed => new(
            $"{number}-loss-{lapsed.ReportId}-lapse-{SocialCardJson.NameOf<CardApplication>(lapsed.Application)}",
            number,
            NoticeKind.LossReportLapsed,
            now,
            lapsed.LapsedAt),
        LossReportReleased released => new(
            $"{number}-loss-{released.ReportId}-release-{released.Applications.Count}", number, NoticeKind.LossReportReleased, now),
        LossReportForfeited forfeited => new(
            $"{number}-loss-{forfeited.ReportId}-cancelled", number, NoticeKind.CardCancelled, now, forfeited.ExpiredAt),
        _ => null,
    };
}
