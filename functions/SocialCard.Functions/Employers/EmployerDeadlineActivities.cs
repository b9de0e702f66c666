using SocialCard.Domain.Employers;

namespace SocialCard.Functions.Employers;

/// <summary>What the workflow of a deadline does to an employer, each step an operation that takes effect once.</summary>
public sealed class EmployerDeadlineActivities(CommandExecutor<Employer> executor)
{
    /// <summary>Escalates a deadline that was missed, and tells when to look again.</summary>
    [Function(nameof(AdvanceEmployerDeadline))]
    public async Task<EmployerDeadlineWait> AdvanceEmployerDeadline(
        [ActivityTrigger] EmployerDeadlineStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var outcome = await executor.ExecuteAsync(
            step.Code,
            Operation.Of(EmployerDeadlineOrchestration.InstanceOf(step.Code, step.DeadlineId), $"step-{step.Number}", step.AsOf),
            (employer, now) => employer.EscalateDeadline(step.DeadlineId, now),
            employer => new EmployerDeadlineWait(employer.NextEscalation(step.DeadlineId)),
            cancellation);
        return outcome.Done();
    }
}
