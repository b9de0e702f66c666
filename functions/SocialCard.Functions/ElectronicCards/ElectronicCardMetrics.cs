using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>Counts the reviews that operations are told of.</summary>
internal sealed class ElectronicCardMetrics : ICommittedHandler<ElectronicCard>
{
    /// <inheritdoc/>
    public void Committed(ElectronicCard? before, ElectronicCard after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        foreach (var _ in events.OfType<ElectronicCardReviewOverdue>())
        {
            OperationMetrics.Escalated("electronicCardReviewOverdue");
        }
    }
}
