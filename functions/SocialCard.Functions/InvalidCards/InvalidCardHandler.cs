namespace SocialCard.Functions.InvalidCards;

/// <summary>
/// Puts a card on the invalid-card list while its social-security application is suspended or cancelled, for whatever
/// reason, and takes it off again.
/// </summary>
public sealed class InvalidCardHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (InvalidCardStanding.MustNotBeTaken(before) != InvalidCardStanding.MustNotBeTaken(after))
        {
            yield return OutboxMessage.Project(InvalidCardList.Table, InvalidCardStanding.Of(after, now));
        }
    }
}
