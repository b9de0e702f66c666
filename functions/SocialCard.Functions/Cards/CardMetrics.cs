using System.Diagnostics.Metrics;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Cards;

/// <summary>What is counted of the events of all cards once they are stored, for operators' dashboards and alarms.</summary>
internal sealed class CardMetrics : ICommittedHandler<Card>
{
    private static readonly Counter<long> Lapsed = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.loss_reports.lapsed", "{application}",
        "Applications of lost cards that work again because their loss report has lapsed.");

    private static readonly Counter<long> Activations = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.activations", "{application}", "Applications that were activated, by channel.");

    private static readonly Counter<long> Expiries = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.activation.expiries", "{card}", "Cards that were not activated in time, by what the region's rule did.");

    private static readonly Counter<long> Releases = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.releases", "{card}", "Cards that were released, by what had held them: an expired activation or a loss report.");

    private static readonly Counter<long> Reissues = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.reissues", "{reissue}", "Reissues that ended, by outcome.");

    private static readonly Counter<long> Moves = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.cards.moved", "{card}", "Cards that went from one status to another, by province; the sums are how many are in each.");

    private static readonly Histogram<double> TimeToActivation = SocialCardTelemetry.Meter.CreateHistogram<double>(
        "socialcard.activation.time", "d", "Days from the beginning of the day of receipt to the activation.");

    private static readonly Histogram<double> LeadTime = SocialCardTelemetry.Meter.CreateHistogram<double>(
        "socialcard.reissue.lead_time", "d", "Days from the application for a new card to its receipt.");

    /// <inheritdoc/>
    public void Committed(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        Follow(before, after, now);
        foreach (var happened in events)
        {
            Count(happened);
        }
    }

    private static void Follow(Card? before, Card after, DateTimeOffset now)
    {
        if (before?.Status != after.Status)
        {
            Moves.Add(
                1,
                new("from", before is null ? "none" : SocialCardJson.NameOf<CardStatus>(before.Status)),
                new("to", SocialCardJson.NameOf<CardStatus>(after.Status)),
                new("province", after.RegionCode[..2] + "0000"));
        }

        if (before is { ActivatedAt: null } && after is { ActivatedAt: { } activated, ReceivedOn: { } received })
        {
            TimeToActivation.Record((activated - ChinaTime.StartOf(received)).TotalDays);
        }

        if (before?.Reissue is { } asked && after.Reissue is { } got && IsReceived(got) && !IsReceived(asked))
        {
            LeadTime.Record((now - got.FiledAt).TotalDays);
        }

        static bool IsReceived(Reissue reissue) => reissue.State is ReissueState.Received or ReissueState.Completed;
    }

    private static void Count(DomainEvent happened)
    {
        switch (happened)
        {
            case LossReportLapsed:
                Lapsed.Add(1);
                break;
            case SocialActivated activated:
                Activations.Add(1, new("application", "social"), new("channel", activated.Channel?.ToString() ?? "Receipt"));
                break;
            case FinancialActivated:
                Activations.Add(1, new("application", "financial"), new("channel", "Bank"));
                break;
            case ActivationExpired expired:
                Expiries.Add(1, new KeyValuePair<string, object?>("outcome", expired.Outcome.ToString()));
                break;
            case ExpiryReleased:
                Releases.Add(1, new KeyValuePair<string, object?>("of", "expiry"));
                break;
            case LossReportReleased:
                Releases.Add(1, new KeyValuePair<string, object?>("of", "lossReport"));
                break;
            case ReissueCompleted:
                Reissues.Add(1, new KeyValuePair<string, object?>("outcome", "completed"));
                break;
            case ReissueCancelled cancelled:
                Reissues.Add(1, new KeyValuePair<string, object?>("outcome", cancelled.Cause.ToString()));
                break;
            case ProductionOverdue:
                OperationMetrics.Escalated("productionOverdue");
                break;
            case ProductionHalted:
                OperationMetrics.Escalated("productionHalted");
                break;
            case BankEventContradicted:
                OperationMetrics.Escalated("bankEventContradicted");
                break;
        }
    }
}
