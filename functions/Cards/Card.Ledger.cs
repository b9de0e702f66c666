using SocialCard.Partners;

namespace SocialCard.Cards;

public sealed partial record Card : IAggregate<Card>
{
    /// <summary>The table of cards.</summary>
    public static string Table => "Cards";

    static string IAggregate<Card>.Kind => "card";

    string IAggregate<Card>.Key => Number.Value;

    string IAggregate<Card>.MaskedKey => Number.Masked;

    IEnumerable<KeyValuePair<string, string>> IAggregate<Card>.Columns =>
    [
        new(nameof(Status), Status.ToString()),
        new(nameof(RegionCode), RegionCode),
        new(nameof(BankId), BankId),
    ];

    bool IAggregate<Card>.IsSeenBy(Partner caller) => caller.Sees(this);
}

/// <summary>What a decision says of a card.</summary>
public static class CardDecision
{
    extension(Decision<Card> decision)
    {
        /// <summary>The card after the command; null when it was refused.</summary>
        public Card? Card => decision.State;
    }
}
