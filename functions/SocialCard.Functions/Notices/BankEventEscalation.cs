namespace SocialCard.Functions.Notices;

/// <summary>An event of a bank that contradicts another of the same id, on the queue <c>operations-escalations</c>.</summary>
/// <param name="EscalationId">The same for every delivery of the same escalation.</param>
/// <param name="Kind">What is the matter.</param>
/// <param name="CardNumber">The card.</param>
/// <param name="BankId">The card's bank.</param>
/// <param name="EventType">The type of what came.</param>
/// <param name="At">When it was noticed.</param>
public sealed record BankEventEscalation(
    string EscalationId, EscalationKind Kind, CardNumber CardNumber, string BankId, string EventType, DateTimeOffset At);

/// <summary>Tells operations of events that contradict others.</summary>
public sealed class BankEventHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        return events.OfType<BankEventContradicted>().Select(contradicted => OutboxMessage.Send(Escalation.Queue, new BankEventEscalation(
            $"webhook-{contradicted.EventId}",
            EscalationKind.BankEventContradicted,
            after.Number,
            after.BankId,
            contradicted.EventType,
            now)));
    }
}
