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
        var listing = list.FindAsync(new(number), cancellation);
        var card = await cards.FindAsync(number.Value, cancellation);
        var (row, isInvalid) = (await listing, InvalidCardStanding.MustNotBeTaken(card));
        return new(number, null, isInvalid, (row?.IsInvalid ?? false) == isInvalid ? row?.Since : card!.Social.Since);
    }

    /// <summary>Where a temporary card stands; two reads.</summary>
    /// <param name="temporaryCardId">Its number.</param>
    /// <param name="number">The card whose successor is under way.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<InvalidCardView> FindAsync(string temporaryCardId, CardNumber number, CancellationToken cancellation)
    {
        var listing = list.FindAsync(new(null, temporaryCardId), cancellation);
        var latest = (await cards.FindAsync(number.Value, cancellation))?.TemporaryCard;
        var row = await listing;
        var known = latest?.TemporaryCardId == temporaryCardId ? latest : null;
        var isInvalid = known is null ? row?.IsInvalid ?? false : known.End is not null;
        return new(null, temporaryCardId, isInvalid, (row?.IsInvalid ?? false) == isInvalid ? row?.Since : known!.ValidUntil);
    }
}
