namespace SocialCard.Domain.Cards;

/// <summary>What a decision says of a card.</summary>
public static class CardDecision
{
    extension(Decision<Card> decision)
    {
        /// <summary>The card after the command; null when it was refused.</summary>
        public Card? Card => decision.State;
    }
}
