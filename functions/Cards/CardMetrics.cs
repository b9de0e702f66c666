using System.Diagnostics.Metrics;
using SocialCard.LossReports;

namespace SocialCard.Cards;

/// <summary>What is counted of the events of all cards once they are stored, for operators' dashboards and alarms.</summary>
internal static class CardMetrics
{
    private static readonly Meter Meter = new("SocialCard");

    private static readonly Counter<long> Lapsed = Meter.CreateCounter<long>(
        "socialcard.loss_reports.lapsed", "{application}", "Applications of lost cards that work again because their loss report has lapsed.");

    public static void Count(IReadOnlyList<TimelineEvent> events) => Lapsed.Add(events.OfType<LossReportLapsed>().Count());
}
