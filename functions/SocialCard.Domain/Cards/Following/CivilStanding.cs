namespace SocialCard.Domain.Cards;

/// <summary>What a card knows of its holder's life.</summary>
/// <param name="Ended">Why no card may follow this one; null while one may.</param>
/// <param name="Before">The card as it was before its holder's death, which may have been recorded by mistake.</param>
/// <param name="Version">The version of the holder that the card has followed.</param>
/// <param name="Revivals">How often the card came back from a death that had been recorded by mistake.</param>
/// <param name="HasSiblings">Whether its holder has, or had, another card that neither is in the place of.</param>
/// <param name="Second">That it is a second card; null while it is none.</param>
/// <param name="Interrupted">The reissue that the death ended though the holder had the new card in his hands.</param>
public sealed record CivilStanding(
    StateReason? Ended = null,
    Card? Before = null,
    long Version = 0,
    int Revivals = 0,
    bool HasSiblings = false,
    SecondCard? Second = null,
    Reissue? Interrupted = null)
{
    /// <summary>
    /// The card that there is again when it turns out that its holder had not died; null where none comes back. A new card that was not
    /// handed over stays ended: the bank was told to keep it.
    /// </summary>
    [JsonIgnore]
    public Card? Returning => Before is { IssuedByReissue: not null, ReceivedOn: null } ? null : Before;
}

/// <summary>
/// A card beside another of the same holder, in the same province, both of them active. Inside a province a person has one card in normal
/// state.
/// </summary>
/// <param name="Beside">The other cards, which came before it.</param>
/// <param name="Since">Since when that is known.</param>
public sealed record SecondCard(IReadOnlyList<CardNumber> Beside, DateTimeOffset Since);
