using SocialCard.Domain.Employers;
using SocialCard.Functions.Notices;

namespace SocialCard.Functions.Employers;

/// <summary>What a registration sets in motion: the workflow of its review, those of its deadlines, and the escalations.</summary>
public sealed class EmployerHandler : IEventHandler<Employer>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Employer? before, Employer after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        foreach (var happened in events)
        {
            switch (happened)
            {
                case EmployerFiled filed:
                    yield return OutboxMessage.Start(
                        nameof(EmployerReviewOrchestration),
                        EmployerReviewOrchestration.InstanceOf(after.Code, filed.ReviewId),
                        new EmployerReviewStep(after.Code, filed.ReviewId));
                    break;
                case EmployerReviewed reviewed:
                    yield return OutboxMessage.Raise(
                        EmployerReviewOrchestration.Decided, EmployerReviewOrchestration.InstanceOf(after.Code, reviewed.ReviewId));
                    break;
                case EmployerReviewOverdue overdue:
                    yield return OutboxMessage.Send(Escalation.Queue, new EmployerReviewEscalation(
                        $"{overdue.ReviewId}-overdue-{overdue.DaysOverdue}",
                        EscalationKind.EmployerReviewOverdue,
                        after.Code,
                        overdue.ReviewId,
                        now,
                        overdue.DueOn,
                        overdue.DaysOverdue));
                    break;
                case EmployerDeadlineOpened opened:
                    yield return OutboxMessage.Start(
                        nameof(EmployerDeadlineOrchestration),
                        EmployerDeadlineOrchestration.InstanceOf(after.Code, opened.DeadlineId),
                        new EmployerDeadlineStep(after.Code, opened.DeadlineId));
                    break;
                case EmployerDeadlineClosed closed:
                    yield return OutboxMessage.Raise(
                        EmployerDeadlineOrchestration.Closed, EmployerDeadlineOrchestration.InstanceOf(after.Code, closed.DeadlineId));
                    break;
                case EmployerDeadlineMissed missed:
                    yield return OutboxMessage.Send(Escalation.Queue, new EmployerDeadlineEscalation(
                        $"{after.Code}-{missed.DeadlineId}",
                        EscalationKind.EmployerUnregistered,
                        after.Code,
                        missed.Duty,
                        now,
                        missed.DueOn,
                        missed.DaysOverdue));
                    break;
                default:
                    break;
            }
        }
    }
}
