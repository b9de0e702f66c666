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
        TemporaryCardIssued issued => [Started(card, issued.TemporaryCardId)],
        HolderRevived when card.TemporaryCard is { End: null } back => [Started(card, back.TemporaryCardId)],
        TemporaryCardExtended extended => [Moved(card, extended.TemporaryCardId)],
        TemporaryCardEnded { End: TemporaryCardEnd.Expired } expired =>
        [
            Notice.Tell(new($"{expired.TemporaryCardId}-expired", card.Number, NoticeKind.TemporaryCardExpired, now)),
        ],
        TemporaryCardEnded ended => [Moved(card, ended.TemporaryCardId)],
        _ => [],
    };

    private static OutboxMessage Started(Card card, string id) => OutboxMessage.Start(
        nameof(TemporaryCardOrchestration), InstanceOf(card, id), new CardStep(card.Number.Value, id, Life: card.Civil.Revivals));

    private static OutboxMessage Moved(Card card, string id) =>
        OutboxMessage.Raise(TemporaryCardOrchestration.Moved, InstanceOf(card, id));

    private static string InstanceOf(Card card, string id) =>
        TemporaryCardOrchestration.InstanceOf(card.Number.Value, id).InLife(card.Civil.Revivals);
}
