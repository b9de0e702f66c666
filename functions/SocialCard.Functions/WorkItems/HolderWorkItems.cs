using SocialCard.Domain.Holders;

namespace SocialCard.Functions.WorkItems;

/// <summary>What there is to do about a holder: to register the first card of a newborn, which parents or guardian may claim.</summary>
public sealed class HolderWorkItems : IWorkItemSource<Holder>
{
    /// <inheritdoc/>
    public IEnumerable<WorkItem> ItemsOf(Holder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.ClaimsCard ? []
        :
        [
            new(
                WorkItemKind.NewbornCard,
                state.Id,
                state.Household?.RegionCode ?? state.OpenedIn,
                ChinaTime.StartOf(state.Born!.OccurredOn),
                DueAt: null)
            {
                HolderId = state.Id,
            },
        ];
    }
}
