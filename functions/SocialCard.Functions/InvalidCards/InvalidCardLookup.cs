namespace SocialCard.Functions.InvalidCards;

/// <summary>
/// Looks a card up that somebody presents: by the card itself as it is by now, since the list learns of what time has done to a card
/// only when somebody has noticed.
/// </summary>
public sealed class InvalidCardLookup(AggregateRepository<Card> cards, InvalidCardList list)
{
    /// <summary>Where a card stands; two reads.</summary>
    public async Task<InvalidCardView> FindAsync(CardNumber number, CancellationToken cancellation)
    {
        var listing = list.FindAsync(number, cancellation);
        var card = await cards.FindAsync(number.Value, cancellation);
        var (row, isInvalid) = (await listing, InvalidCardStanding.MustNotBeTaken(card));
        return new(number, isInvalid, (row?.IsInvalid ?? false) == isInvalid ? row?.Since : card!.Social.Since);
    }
}
