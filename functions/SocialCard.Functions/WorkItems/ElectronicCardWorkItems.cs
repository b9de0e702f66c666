using SocialCard.Domain.ElectronicCards;

namespace SocialCard.Functions.WorkItems;

/// <summary>What there is to do about a child's electronic card: to decide on it.</summary>
public sealed class ElectronicCardWorkItems : IWorkItemSource<ElectronicCard>
{
    /// <inheritdoc/>
    public IEnumerable<WorkItem> ItemsOf(ElectronicCard state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state is not { State: ElectronicCardState.Submitted, Review: { } review })
        {
            yield break;
        }

        DateTimeOffset? due = review.DueOn is { } day ? ChinaTime.StartOf(day.AddDays(1)) : null;
        yield return Item(WorkItemKind.ElectronicCardReview, review.SubmittedAt);
        if (review.IsOverdue)
        {
            yield return Item(WorkItemKind.Escalation, due!.Value) with { Escalation = EscalationKind.ElectronicCardReviewOverdue };
        }

        WorkItem Item(WorkItemKind kind, DateTimeOffset since) =>
            new(kind, state.Id, state.RegionCode, since, due) { ElectronicCardId = state.Id };
    }
}
