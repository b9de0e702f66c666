namespace SocialCard.Domain.Cards;

/// <summary>How a new card comes to be in the place of an old one, and how it ends if nobody fetches it.</summary>
/// <param name="Card">The old card before there is a new one, then the new card.</param>
public readonly record struct Replacement(Card Card)
{
    private const int CurrentGeneration = 3;

    /// <summary>The new card that the old card's reissue brings about: of the same holder, with a life of its own ahead.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">No new card has been produced.</exception>
    public Decision<Card> Register(DateTimeOffset now)
    {
        if (Card.Reissue is not { NewCardNumber: { } number } reissue)
        {
            throw new InvalidOperationException("No new card has been produced.");
        }

        var registered = Card.Register(number, Card.Holder, Card.RegionCode, reissue.BankId, CurrentGeneration, now);
        return Decision.Changed(
            registered.Card! with
            {
                Replaces = Card.Number,
                IssuedByReissue = reissue.ReissueId,
                ReissuesFiled = Card.ReissuesFiled,
                Civil = Card.Civil with
                {
                    Ended = null,
                    Before = null,
                    Second = null,
                    // It has yet to follow the end of its holder, where that came first.
                    Version = Card.Civil.Ended is null ? Card.Civil.Version : 0,
                },
                KnownReferrals = Card.KnownReferrals,
            },
            [.. registered.Events, new ReplacementIssued(Card.Number, reissue.ReissueId)]);
    }

    /// <summary>A new card that nobody fetched ends, unless its holder has it after all.</summary>
    public Decision<Card> CancelUnclaimed(DateTimeOffset asOf)
    {
        if (Card.ReceivedOn is not null || Card.Social.State is SocialState.Cancelled)
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        change.Cancel(StateReason.Unclaimed, asOf, new CardCancelled(StateReason.Unclaimed));
        return change.Decision;
    }
}
