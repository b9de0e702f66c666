using SocialCard.Functions.Notices;

namespace SocialCard.Functions.Holders;

/// <summary>
/// What happens to a card whose holder has others: they are looked at together when it comes or ends, is enabled or first used, and
/// operations are told of a second one.
/// </summary>
public sealed class SiblingCardsHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        if (after.Civil.HasSiblings && Standing(before) != Standing(after))
        {
            yield return SiblingCards.Of(after.Holder.Id);
        }

        foreach (var found in events.OfType<SecondCardFound>())
        {
            yield return OutboxMessage.Send(Escalation.Queue, new SecondCardEscalation(
                $"{after.Number}-second-{found.Beside[0]}", EscalationKind.SecondCard, after.Number, found.Beside[0], now));
        }

        if (events.OfType<CardCancelled>().Any(cancelled => cancelled.Reason is StateReason.Moved))
        {
            yield return Notice.Tell(new($"{after.Number}-moved", after.Number, NoticeKind.CardCancelled, now));
        }
    }

    private static (CardStatus Status, DateTimeOffset? EnabledAt, DateTimeOffset? FirstUsedAt)? Standing(Card? card) =>
        card is null ? null : (card.Status, card.EnabledAt, card.FirstUsedAt);
}

/// <summary>A second card of one person in one province, on the queue <c>operations-escalations</c>.</summary>
/// <param name="EscalationId">The same for every delivery of the same escalation.</param>
/// <param name="Kind">What is the matter.</param>
/// <param name="CardNumber">The second card.</param>
/// <param name="OtherCardNumber">The card in use that came before it; the first, where there are more.</param>
/// <param name="At">When it was noticed.</param>
public sealed record SecondCardEscalation(
    string EscalationId, EscalationKind Kind, CardNumber CardNumber, CardNumber OtherCardNumber, DateTimeOffset At);
