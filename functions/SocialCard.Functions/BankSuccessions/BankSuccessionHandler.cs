using SocialCard.Domain.BankSuccessions;

namespace SocialCard.Functions.BankSuccessions;

/// <summary>Starts the workflow of a succession.</summary>
public sealed class BankSuccessionHandler : IEventHandler<SuccessionRegister>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(
        SuccessionRegister? before, SuccessionRegister after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.OfType<BankSuccessionBegun>().Select(begun => OutboxMessage.Start(
            nameof(BankSuccessionOrchestration),
            BankSuccessionOrchestration.InstanceOf(begun.BankId),
            new BankSuccessionStep(begun.BankId, begun.Successor)));
    }
}
