using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Notices;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Workflows;

namespace SocialCard.Functions.Employers;

/// <summary>Waits for the bureau's decision on a registration, and has it escalated while it is overdue.</summary>
public static class EmployerReviewOrchestration
{
    /// <summary>The event that the bureau has decided.</summary>
    public const string Decided = "EmployerReviewed";

    /// <summary>The instance of a review.</summary>
    public static string InstanceOf(string code, string reviewId) => $"employer-review-{code}-{reviewId}";

    /// <summary>Asks, waits, and goes on as a new execution.</summary>
    [Function(nameof(EmployerReviewOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Waiting.AskAndWaitAsync<EmployerReviewStep, EmployerReviewWait>(
            context, nameof(EmployerReviewActivities.AdvanceEmployerReview), Decided, "review");
    }
}

/// <summary>What the workflow does to an employer, each step an operation that takes effect once.</summary>
public sealed class EmployerReviewActivities(CommandExecutor<Employer> desk)
{
    /// <summary>Escalates an overdue review, and tells when to look again.</summary>
    [Function(nameof(AdvanceEmployerReview))]
    public async Task<EmployerReviewWait> AdvanceEmployerReview([ActivityTrigger] EmployerReviewStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var outcome = await desk.ExecuteAsync(
            step.Code,
            Operation.Of(EmployerReviewOrchestration.InstanceOf(step.Code, step.ReviewId), $"step-{step.Number}", step.AsOf),
            (employer, now) => employer.EscalateReview(step.ReviewId, now),
            employer => new EmployerReviewWait(employer.IsWaitingFor(step.ReviewId) ? employer.Filing.NextEscalation : null),
            cancellation);
        return outcome.Done();
    }
}

/// <summary>A step of the workflow of a review: input of the workflow and of its activity.</summary>
/// <param name="Code">The employer.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="Number">The how manieth step; the same step is the same operation.</param>
/// <param name="AsOf">The moment that the workflow has come to.</param>
public sealed record EmployerReviewStep(string Code, string ReviewId, int Number = 0, DateTimeOffset AsOf = default)
    : WorkflowStep(Number, AsOf);

/// <summary>What the workflow waits for.</summary>
/// <param name="Until">When the review is escalated next; null once it is decided.</param>
public sealed record EmployerReviewWait(DateTimeOffset? Until) : WorkflowWait(IsOver: Until is null, Until);

/// <summary>An overdue review, on the queue <c>operations-escalations</c>.</summary>
/// <param name="EscalationId">The same for every delivery of the same escalation.</param>
/// <param name="Kind">What is the matter.</param>
/// <param name="EmployerCode">The employer.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="DueOn">The local day on which it was to be decided at the latest.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record EmployerReviewEscalation(
    string EscalationId, EscalationKind Kind, string EmployerCode, string ReviewId, DateTimeOffset At, DateOnly DueOn, int DaysOverdue);

/// <summary>What a registration sets in motion: the workflow of its review, and the escalations.</summary>
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
                default:
                    break;
            }
        }
    }
}
