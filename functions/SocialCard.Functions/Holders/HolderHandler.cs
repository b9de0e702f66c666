using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>What happens to a holder is followed by his cards; after a move, or when he has another's cards too, together.</summary>
public sealed class HolderHandler : IEventHandler<Holder>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Holder? before, Holder after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (before is not null && before.Version != after.Version)
        {
            yield return HolderFollower.Of(after.Id, before.Version);
        }

        if (before is not null && after.HasSeveralCards
            && (before.Household != after.Household || before.FormerIds.Count != after.FormerIds.Count))
        {
            yield return SiblingCards.Of(after.Id);
        }
    }
}
