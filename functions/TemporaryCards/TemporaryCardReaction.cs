using SocialCard.Cards;
using SocialCard.Notices;

namespace SocialCard.TemporaryCards;

/// <summary>What a temporary card sets in motion: the workflow that waits for its last day, and the notice of its end.</summary>
public sealed class TemporaryCardReaction : IReaction<Card>
{
    /// <inheritdoc/>
    public IEnumerable<Outgoing> React(Card? before, Card after, IReadOnlyList<TimelineEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        return events.SelectMany(happened => To(happened, after, now));
    }

    private static Outgoing[] To(TimelineEvent happened, Card card, DateTimeOffset now) => happened switch
    {
        TemporaryCardIssued issued =>
        [
            Outgoing.Start(
                nameof(TemporaryCardOrchestration),
                TemporaryCardOrchestration.InstanceOf(card.Number.Value, issued.TemporaryCardId),
                new CardStep(card.Number.Value, issued.TemporaryCardId)),
        ],
        TemporaryCardExtended extended => [Moved(card, extended.TemporaryCardId)],
        TemporaryCardEnded { End: TemporaryCardEnd.Expired } expired =>
        [
            Outgoing.Notify(new($"{expired.TemporaryCardId}-expired", card.Number, NoticeKind.TemporaryCardExpired, now)),
        ],
        TemporaryCardEnded ended => [Moved(card, ended.TemporaryCardId)],
        _ => [],
    };

    private static Outgoing Moved(Card card, string id) =>
        Outgoing.Raise(TemporaryCardOrchestration.Moved, TemporaryCardOrchestration.InstanceOf(card.Number.Value, id));
}
