using SocialCard.Domain.Employers;
using SocialCard.Functions.Employers;

namespace SocialCard.Functions.Waits;

/// <summary>What an employer waits for, and is waited for.</summary>
public sealed class EmployerWaits : IWaitSource<Employer>
{
    SubjectKind IWaitSource<Employer>.Subject => SubjectKind.Employer;

    /// <inheritdoc/>
    public IEnumerable<Wait> WaitsOf(Employer state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state is { State: EmployerState.UnderReview, Filing: { } filing })
        {
            yield return new(
                WorkflowKind.EmployerReview,
                EmployerReviewOrchestration.InstanceOf(state.Code, filing.ReviewId),
                "review",
                filing.NextEscalation);
        }

        if (state.Deadline is { } deadline && state.NextEscalation(deadline.Id) is { } due)
        {
            yield return new(
                WorkflowKind.EmployerDeadline,
                EmployerDeadlineOrchestration.InstanceOf(state.Code, deadline.Id),
                "registrationDeadline",
                due);
        }
    }
}
