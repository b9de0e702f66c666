namespace SocialCard.Domain.Cards;

/// <summary>What a card knows of its holder's life.</summary>
/// <param name="Ended">Why no card may follow this one; null while one may.</param>
/// <param name="Before">The card as it was before its holder's death, which may have been recorded by mistake.</param>
/// <param name="Version">The version of the holder that the card has followed.</param>
/// <param name="Interrupted">The reissue that his death ended though its new card had been made.</param>
public sealed record CivilStanding(StateReason? Ended = null, Card? Before = null, long Version = 0, Reissue? Interrupted = null);
