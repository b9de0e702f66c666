using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>What happens to a holder is followed by his cards.</summary>
public sealed class HolderHandler : IEventHandler<Holder>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Holder? before, Holder after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (before is not null && before.Version != after.Version)
        {
            yield return HolderFollower.Of(after.Id);
        }
    }
}
