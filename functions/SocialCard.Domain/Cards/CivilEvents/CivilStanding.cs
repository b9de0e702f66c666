namespace SocialCard.Domain.Cards;

/// <summary>What the civil registry has told of a card's holder.</summary>
/// <param name="Ended">Why no card may follow this one; null while one may.</param>
/// <param name="NamedOn">The local day of the latest change of name.</param>
/// <param name="MovedOn">The local day of the latest move.</param>
/// <param name="IssuedIn">The region that the card was issued in, whose initial passwords it has; null where it has not moved.</param>
public sealed record CivilStanding(StateReason? Ended = null, DateOnly? NamedOn = null, DateOnly? MovedOn = null, string? IssuedIn = null);
