using SocialCard.Domain.Employers;

namespace SocialCard.Functions.WorkItems;

/// <summary>What there is to do about an employer: its registration to be decided, and what it has not registered.</summary>
public sealed class EmployerWorkItems : IWorkItemSource<Employer>
{
    /// <inheritdoc/>
    public IEnumerable<WorkItem> ItemsOf(Employer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state is { State: EmployerState.UnderReview, Filing: { } filing })
        {
            var due = EndOf(filing.ReviewDueOn);
            yield return Item(WorkItemKind.EmployerReview, filing.FiledAt, due);
            if (filing.IsOverdue)
            {
                yield return Item(WorkItemKind.Escalation, due, due) with { Escalation = EscalationKind.EmployerReviewOverdue };
            }
        }

        if (state.Deadline is { } deadline)
        {
            var due = EndOf(deadline.DueOn);
            yield return Item(WorkItemKind.EmployerUnregistered, deadline.Since, due) with { Duty = deadline.Duty };
            if (deadline.IsOverdue)
            {
                yield return Item(WorkItemKind.Escalation, due, due) with
                {
                    Duty = deadline.Duty,
                    Escalation = EscalationKind.EmployerUnregistered,
                };
            }
        }

        WorkItem Item(WorkItemKind kind, DateTimeOffset since, DateTimeOffset due) =>
            new(kind, state.Code, state.RegionCode, since, due) { EmployerCode = state.Code };
    }

    private static DateTimeOffset EndOf(DateOnly day) => ChinaTime.StartOf(day.AddDays(1));
}
