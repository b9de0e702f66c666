using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;

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
        if (IsInvalid(before) != IsInvalid(after))
        {
            yield return OutboxMessage.Project(InvalidCardList.Table, new InvalidCardStanding(after.Number, IsInvalid(after), now));
        }
    }

    private static bool IsInvalid(Card? card) => card?.Social.State is SocialState.Suspended or SocialState.Cancelled;
}
