using SocialCard.Functions.Notices;

namespace SocialCard.Functions.Reissues;

/// <summary>What a reissue sets in motion: its workflow, the production order, notices, and what operations must know.</summary>
public sealed class ReissueHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        foreach (var happened in events)
        {
            foreach (var outgoing in To(happened, after, now))
            {
                yield return outgoing;
            }
        }

        if (after.IssuedByReissue is { } reissueId && Tells(before, after))
        {
            yield return Moved(after, reissueId);
        }
    }

    /// <summary>Whether something happened to a new card, or to the one in its place, that the old one waits for.</summary>
    private static bool Tells(Card? before, Card after) =>
        before is not null && NewCardFacts.Of(before, after.IssuedByReissue!) != NewCardFacts.Of(after, after.IssuedByReissue!);

    private static OutboxMessage[] To(DomainEvent happened, Card card, DateTimeOffset now) => happened switch
    {
        ReissueFiled filed =>
        [
            Started(card, filed.ReissueId),
            .. filed.PayBy is { } payBy ? Notices(filed.ReissueId, "fee", NoticeKind.ReissueFeeDue, card, now, payBy) : [],
        ],
        ReissueFrequencyExceeded exceeded => Notices(exceeded.ReissueId, "frequency", NoticeKind.ReissueFrequency, card, now),
        ProductionOrdered ordered =>
        [
            OutboxMessage.Send(
                ProductionOrder.Queue,
                new ProductionOrder(
                    ordered.OrderId, ordered.ReissueId, card.Number, card.Reissue!.BankId, card.Reissue.Delivery, ordered.Attempt)),
        ],
        ReissueFeePaid paid => [Moved(card, paid.ReissueId)],
        NewCardProduced produced => [Moved(card, produced.ReissueId)],
        ProductionHalted halted =>
        [
            OutboxMessage.Send(Escalation.Queue, new Escalation(
                $"{halted.ReissueId}-halted-{halted.Orders}",
                EscalationKind.ProductionHalted,
                card.Number,
                halted.ReissueId,
                card.Reissue!.BankId,
                now)),
        ],
        ProductionOverdue overdue =>
        [
            OutboxMessage.Send(Escalation.Queue, new Escalation(
                $"{overdue.ReissueId}-overdue-{overdue.WorkingDaysLate}",
                EscalationKind.ProductionOverdue,
                card.Number,
                overdue.ReissueId,
                card.Reissue!.BankId,
                now,
                overdue.PromisedOn,
                overdue.WorkingDaysLate)),
            .. overdue.WorkingDaysLate == 1 ? Notices(overdue.ReissueId, "overdue", NoticeKind.NewCardOverdue, card, now) : [],
        ],
        NewCardReady ready => Notices(ready.ReissueId, "ready", NoticeKind.NewCardReady, card, now, ready.ReturnBy),
        NewCardReturned { ReissueId: { } reissueId } returned => Notices(
            reissueId, "returned", NoticeKind.NewCardReturned, card, now, returned.CancelBy),
        ReissueCompleted completed =>
            Notices(completed.ReissueId, "completed", NoticeKind.CardReplaced, card, now, completed.BalanceMovedBy),
        ReissueCancelled { Cause: ReissueCancellation.HolderEnded } ended => [Moved(card, ended.ReissueId)],
        ReissueCancelled cancelled =>
        [
            Moved(card, cancelled.ReissueId),
            .. Notices(cancelled.ReissueId, "cancelled", NoticeKind.ReissueCancelled, card, now),
        ],
        HolderRevived when card.Reissue is { IsLive: true } back => [Started(card, back.ReissueId)],
        _ => [],
    };

    private static OutboxMessage Started(Card card, string reissueId) => OutboxMessage.Start(
        nameof(ReissueOrchestration),
        InstanceOf(card, reissueId),
        new CardStep(card.Number.Value, reissueId, Life: card.Civil.Revivals));

    private static OutboxMessage Moved(Card card, string reissueId) =>
        OutboxMessage.Raise(ReissueOrchestration.Moved, InstanceOf(card, reissueId));

    // A new card has been through the lives of the old one.
    private static string InstanceOf(Card card, string reissueId) =>
        ReissueOrchestration.InstanceOf(reissueId).InLife(card.Civil.Revivals);

    private static OutboxMessage[] Notices(
        string reissueId, string about, NoticeKind kind, Card card, DateTimeOffset now, DateTimeOffset? deadline = null) =>
        [Notice.Tell(new($"{reissueId}-{about}", card.Number, kind, now, deadline))];
}
