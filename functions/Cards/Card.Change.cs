namespace SocialCard.Cards;

public sealed partial record Card
{
    /// <summary>A change in the making: the card as it is so far, and what happened.</summary>
    private sealed partial class Change(Card card)
    {
        private readonly List<CardEvent> events = [];
        private readonly List<CardDocument> documents = [];

        public Card Card { get; private set; } = card;

        public Decision Decision => Decision.Changed(Card, events) with { Documents = documents };

        public void Apply(Card next, params IEnumerable<CardEvent> happened)
        {
            Card = next;
            events.AddRange(happened);
        }

        /// <summary>The card ends for good, and with it whatever waits or holds.</summary>
        public void Cancel(StateReason reason, DateTimeOffset at, params IEnumerable<CardEvent> happened)
        {
            Apply(
                Card with { Social = new(SocialState.Cancelled, reason, at), Financial = new(FinancialState.Cancelled, reason, at) },
                happened);
            DropPendingPasswords();
            CloseLossReports(at);
        }
    }
}
