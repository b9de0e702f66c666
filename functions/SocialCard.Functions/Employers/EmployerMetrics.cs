using SocialCard.Domain.Employers;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Employers;

/// <summary>Counts what operations are told of.</summary>
internal sealed class EmployerMetrics : ICommittedHandler<Employer>
{
    /// <inheritdoc/>
    public void Committed(Employer? before, Employer after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        foreach (var _ in events.OfType<EmployerReviewOverdue>())
        {
            OperationMetrics.Escalated("employerReviewOverdue");
        }

        foreach (var _ in events.OfType<EmployerDeadlineMissed>())
        {
            OperationMetrics.Escalated("employerUnregistered");
        }
    }
}
