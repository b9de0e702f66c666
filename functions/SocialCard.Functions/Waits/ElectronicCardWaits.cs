using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.ElectronicCards;

namespace SocialCard.Functions.Waits;

/// <summary>What an electronic card waits for.</summary>
public sealed class ElectronicCardWaits : IWaitSource<ElectronicCard>
{
    SubjectKind IWaitSource<ElectronicCard>.Subject => SubjectKind.ElectronicCard;

    /// <inheritdoc/>
    public IEnumerable<Wait> WaitsOf(ElectronicCard state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.NextMoment() is not { } due ? []
        :
        [
            new(
                WorkflowKind.ElectronicCard,
                ElectronicCardOrchestration.InstanceOf(state.Id).InLife(state.Revivals),
                SocialCardJson.NameOf<ElectronicCardState>(state.State)!,
                due),
        ];
    }
}
