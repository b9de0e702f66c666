using System.Diagnostics.Metrics;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Verifications;

/// <summary>Counts what agencies were answered.</summary>
internal sealed class VerificationMetrics : ICommittedHandler<Card>
{
    private static readonly Counter<long> Verifications = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.verifications", "{verification}",
        "Cards that agencies verified, by service and outcome: usable, or the first reason why not.");

    /// <inheritdoc/>
    public void Committed(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var verified in events.OfType<CardVerified>())
        {
            Verifications.Add(
                1,
                new("service", SocialCardJson.NameOf<PublicService>(verified.Service)),
                new("outcome", verified.Usable ? "usable" : SocialCardJson.NameOf<UnusableReason>(verified.Reasons[0])));
        }
    }
}
