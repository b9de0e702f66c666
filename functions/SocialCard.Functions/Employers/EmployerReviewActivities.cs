using SocialCard.Domain.Employers;

namespace SocialCard.Functions.Employers;

/// <summary>What the workflow does to an employer, each step an operation that takes effect once.</summary>
public sealed class EmployerReviewActivities(CommandExecutor<Employer> executor)
{
    /// <summary>Escalates an overdue review, and tells when to look again.</summary>
    [Function(nameof(AdvanceEmployerReview))]
    public async Task<EmployerReviewWait> AdvanceEmployerReview([ActivityTrigger] EmployerReviewStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var outcome = await executor.ExecuteAsync(
            step.Code,
            Operation.Of(EmployerReviewOrchestration.InstanceOf(step.Code, step.ReviewId), $"step-{step.Number}", step.AsOf),
            (employer, now) => employer.EscalateReview(step.ReviewId, now),
            employer => new EmployerReviewWait(employer.IsWaitingFor(step.ReviewId) ? employer.Filing!.NextEscalation : null),
            cancellation);
        return outcome.Done();
    }
}
