using SocialCard.Domain.Holders;

namespace SocialCard.Functions.WorkItems;

/// <summary>What there is to do about a holder: to register the first card of a newborn, which parents or guardian may claim.</summary>
public sealed class HolderWorkItems(RegionPolicies regions, WorkingCalendar calendar) : IWorkItemSource<Holder>
{
    /// <inheritdoc/>
    public IEnumerable<WorkItem> ItemsOf(Holder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.ClaimsCard)
        {
            var (region, bornAt) = (state.Household?.RegionCode ?? state.OpenedIn, ChinaTime.StartOf(state.Born!.OccurredOn));
            DateTimeOffset? dueAt = regions.For(region).Reissue.FirstIssueWithin is { } within
                ? LastDay.EndOf(within, bornAt, calendar) : null;
            yield return new(WorkItemKind.NewbornCard, state.Id, region, bornAt, dueAt) { HolderId = state.Id };
        }
    }
}
