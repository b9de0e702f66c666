namespace SocialCard.Functions.Holders;

/// <summary>What happens to a card that its holder must know: it is there now, or was used under one of his referrals.</summary>
public sealed class HolderCardHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        if (before is null)
        {
            yield return HolderFollower.Of(after.Holder.Id, after.Civil.Version);
        }

        if (before is not null && before.BankId != after.BankId)
        {
            yield return HolderBanks.Of(after);
        }

        foreach (var used in events.OfType<ReferralUsed>())
        {
            yield return ReferralUses.Of(after.Holder.Id, used);
        }
    }
}
