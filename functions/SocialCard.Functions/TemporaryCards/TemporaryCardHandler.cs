using SocialCard.Functions.Notices;

namespace SocialCard.Functions.TemporaryCards;

/// <summary>What a temporary card sets in motion: the workflow that waits for its last day, and the notice of its end.</summary>
public sealed class TemporaryCardHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        return events.SelectMany(happened => To(happened, after, now));
    }

    private static OutboxMessage[] To(DomainEvent happened, Card card, DateTimeOffset now) => happened switch
    {
        TemporaryCardIssued issued =>
        [
            OutboxMessage.Start(
                nameof(TemporaryCardOrchestration),
                TemporaryCardOrchestration.InstanceOf(card.Number.Value, issued.TemporaryCardId),
                new CardStep(card.Number.Value, issued.TemporaryCardId)),
        ],
        TemporaryCardExtended extended => [Moved(card, extended.TemporaryCardId)],
        TemporaryCardEnded { End: TemporaryCardEnd.Expired } expired =>
        [
            Notice.Tell(new($"{expired.TemporaryCardId}-expired", card.Number, NoticeKind.TemporaryCardExpired, now)),
        ],
        TemporaryCardEnded ended => [Moved(card, ended.TemporaryCardId)],
        _ => [],
    };

    private static OutboxMessage Moved(Card card, string id) =>
        OutboxMessage.Raise(TemporaryCardOrchestration.Moved, TemporaryCardOrchestration.InstanceOf(card.Number.Value, id));
}
