namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>A first card that nobody came for goes back to the bank, and ends there.</summary>
    public void AdvanceCollection(DateTimeOffset asOf)
    {
        if (Card is not { ReceivedOn: null, Collection: { } collection, Social.State: not SocialState.Cancelled }
            || Card.Reissue is { IsLive: true })
        {
            return;
        }

        if (collection.ReturnedAt is null && collection.ReturnBy <= asOf)
        {
            Apply(
                Card with { Collection = collection with { ReturnedAt = collection.ReturnBy } },
                new NewCardReturned(null, Card.Number, collection.CancelBy));
        }

        if (Card.Collection.ReturnedAt is not null && collection.CancelBy <= asOf)
        {
            Cancel(StateReason.Unclaimed, collection.CancelBy.Value, new CardCancelled(StateReason.Unclaimed));
        }
    }

    /// <summary>
    /// The years of the card are over: where the region says so, its social-security application is suspended, for good as long as no new
    /// card takes its place. The financial one is the bank's to end.
    /// </summary>
    public void EndValidity(DateTimeOffset asOf)
    {
        if (Card is { Term: { EndedAt: null } term, Social.State: not SocialState.Cancelled }
            && Card.Validity is { EndsAt: { } end, ValidUntil: { } until } && end <= asOf)
        {
            Apply(Card with { Term = term with { EndedAt = end } }, new ValidityEnded(until, term.AtEnd));
            if (term.AtEnd is ValidityEnding.Ends)
            {
                Apply(Card.WithSocial(new(SocialState.Suspended, StateReason.ValidityEnded, end)));
            }
        }
    }
}
