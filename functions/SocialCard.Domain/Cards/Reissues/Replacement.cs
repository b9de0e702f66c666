namespace SocialCard.Domain.Cards;

/// <summary>How a new card comes to be in the place of an old one, and how it ends if nobody fetches it.</summary>
/// <param name="Card">The old card before there is a new one, then the new card.</param>
public readonly record struct Replacement(Card Card)
{
    private const int CurrentGeneration = 3;

    /// <summary>The new card that the old card's reissue brings about: of the same holder, with a life of its own ahead.</summary>
    /// <param name="now">The time.</param>
    /// <param name="term">For how long it is issued; null where that is yet to be noted.</param>
    /// <exception cref="InvalidOperationException">No new card has been produced.</exception>
    public Decision<Card> Register(DateTimeOffset now, CardTerm? term = null)
    {
        if (Card.Reissue is not { NewCardNumber: { } number } reissue)
        {
            throw new InvalidOperationException("No new card has been produced.");
        }

        var registered = Card.Register(number, Card.Holder, Card.RegionCode, reissue.BankId, CurrentGeneration, now);
        var issued = registered.Card! with
        {
            Replaces = Card.Number,
            IssuedByReissue = reissue.ReissueId,
            Term = term,
            ReissuesFiled = Card.ReissuesFiled,
            Civil = Card.Civil with
            {
                Ended = null,
                Before = null,
                Interrupted = null,
                Second = null,
                // It has yet to follow the end of its holder, where that came first.
                Version = Card.Civil.Ended is null ? Card.Civil.Version : 0,
            },
            KnownReferrals = Card.KnownReferrals,
        };
        var succeeded = issued.Replacement.TakeOverQueryPassword(Card);
        return Decision.Changed(
            succeeded.Card!, [.. registered.Events, new ReplacementIssued(Card.Number, reissue.ReissueId), .. succeeded.Events]);
    }

    /// <summary>
    /// The query password is the holder's, and goes on with the new card: as it is when that is made, then as it has become until the old
    /// card ends. Where somebody else knows the old card's passwords, none of them does.
    /// </summary>
    /// <param name="old">The old card as it is now.</param>
    public Decision<Card> TakeOverQueryPassword(Card old)
    {
        ArgumentNullException.ThrowIfNull(old);
        if (Card.Social.State is SocialState.Cancelled || !HandsOverQueryPassword(old))
        {
            return Decision.Unchanged(Card);
        }

        var (held, next) = (Card.HeldPasswords.Of(PasswordKind.Query), old.HeldPasswords.Of(PasswordKind.Query));
        next = held.After(next, old.Number);
        return next == held
            ? Decision.Unchanged(Card)
            : Decision.Changed(
                Card with { HeldPasswords = Card.HeldPasswords with { Query = next } }, new QueryPasswordTakenOver(old.Number));
    }

    /// <summary>Whether a card that ends hands its query password over to the one in its place.</summary>
    internal static bool HandsOverQueryPassword(Card old) =>
        old.HeldPasswords.Query is not null && old.Reissue is { Reason: not ReissueReason.PasswordLeaked };

    /// <summary>A new card that nobody fetched ends, unless its holder has it after all, or has applied for one in its place.</summary>
    public Decision<Card> CancelUnclaimed(DateTimeOffset asOf)
    {
        if (Card.ReceivedOn is not null || Card.Social.State is SocialState.Cancelled || Card.Reissue is { IsLive: true })
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        change.Cancel(StateReason.Unclaimed, asOf, new CardCancelled(StateReason.Unclaimed));
        return change.Decision;
    }
}
