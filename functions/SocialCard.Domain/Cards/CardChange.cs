namespace SocialCard.Domain.Cards;

/// <summary>A change in the making: the card as it is so far, and what happened.</summary>
internal sealed partial class CardChange(Card card)
{
    private readonly List<DomainEvent> events = [];
    private readonly List<ResourceDocument> documents = [];

    public Card Card { get; private set; } = card;

    public Decision<Card> Decision => documents.Count == 0
        ? Kernel.Decision.Changed(Card, events)
        : Kernel.Decision.Changed(Card, events) with { Documents = documents };

    public void Apply(Card next, params IEnumerable<DomainEvent> happened)
    {
        Card = next;
        events.AddRange(happened);
    }

    /// <summary>The card ends for good, and with it whatever waits or holds.</summary>
    public void Cancel(StateReason reason, DateTimeOffset at, params IEnumerable<DomainEvent> happened)
    {
        Apply(
            Card with { Social = new(SocialState.Cancelled, reason, at), Financial = new(FinancialState.Cancelled, reason, at) },
            happened);
        if (reason is not StateReason.Replaced)
        {
            EndFamily(reason is StateReason.Deceased ? FamilyEnd.GiverDeceased : FamilyEnd.GiverCancelled);
        }

        DropPendingPasswords();
        CloseLossReports(at);
    }
}
