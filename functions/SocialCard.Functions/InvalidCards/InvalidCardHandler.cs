namespace SocialCard.Functions.InvalidCards;

/// <summary>
/// Puts a card on the invalid-card list while its social-security application is suspended or cancelled, for whatever
/// reason, and takes it off again; so with a temporary card that is over, and was not for somebody's death after all.
/// </summary>
public sealed class InvalidCardHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        if (InvalidCardStanding.MustNotBeTaken(before) != InvalidCardStanding.MustNotBeTaken(after))
        {
            yield return OutboxMessage.Project(InvalidCardList.Table, InvalidCardStanding.Of(after, now));
        }

        foreach (var ended in events.OfType<TemporaryCardEnded>())
        {
            yield return OutboxMessage.Project(
                InvalidCardList.Table, InvalidCardStanding.Of(ended.TemporaryCardId, isInvalid: true, now));
        }

        if (after.TemporaryCard is { End: null } back && events.OfType<HolderRevived>().Any())
        {
            yield return OutboxMessage.Project(
                InvalidCardList.Table, InvalidCardStanding.Of(back.TemporaryCardId, isInvalid: false, now));
        }
    }
}
