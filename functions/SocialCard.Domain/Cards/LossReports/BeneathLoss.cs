namespace SocialCard.Domain.Cards;

/// <summary>
/// What the applications of a card are beneath a loss report: there they go on living (the activation clock runs, say), and whatever
/// changes one that is on report changes it there.
/// </summary>
internal static class BeneathLoss
{
    extension(Card card)
    {
        /// <summary>The social-security application as it is, or as it is beneath a loss report.</summary>
        public Application<SocialState> SocialBeneath => card.Loss.Social ?? card.Social;

        /// <summary>The financial application as it is, or as it is beneath a loss report.</summary>
        public Application<FinancialState> FinancialBeneath => card.Loss.Financial ?? card.Financial;

        /// <summary>Since when an application is suspended by a loss report; null where it is not.</summary>
        public DateTimeOffset? LostSince(CardApplication application) =>
            !card.Loss.IsSuspended(application) ? null
            : application is CardApplication.Social ? card.Social.Since : card.Financial.Since;

        /// <summary>The card with another social-security application, beneath a loss report where one is in effect.</summary>
        public Card WithSocial(Application<SocialState> next) =>
            card.Loss.Social is null ? card with { Social = next } : card with { Loss = card.Loss with { Social = next } };

        /// <summary>The card with another financial application, beneath a loss report where one is in effect.</summary>
        public Card WithFinancial(Application<FinancialState> next) =>
            card.Loss.Financial is null ? card with { Financial = next } : card with { Loss = card.Loss with { Financial = next } };
    }
}
