using SocialCard.Domain.BankSuccessions;

namespace SocialCard.Functions.BankSuccessions;

/// <summary>Starts the workflow of a succession.</summary>
public sealed class BankSuccessionHandler : IEventHandler<BankSuccession>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(
        BankSuccession? before, BankSuccession after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        return before is not null ? [] :
        [
            OutboxMessage.Start(
                nameof(BankSuccessionOrchestration),
                BankSuccessionOrchestration.InstanceOf(after.BankId),
                new BankSuccessionStep(after.BankId, after.Successor)),
        ];
    }
}
