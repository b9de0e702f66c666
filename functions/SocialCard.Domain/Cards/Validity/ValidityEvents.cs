namespace SocialCard.Domain.Cards;

/// <summary>A card of before was told for how long it was issued.</summary>
public sealed record TermNoted() : DomainEvent("termNoted");

/// <summary>The holder was reminded that the card may be renewed, and of its last day.</summary>
/// <param name="DaysLeft">How many days before that.</param>
/// <param name="ValidUntil">The last local day.</param>
public sealed record ValidityReminded(int DaysLeft, DateOnly ValidUntil) : DomainEvent("validityReminded");

/// <summary>The years of the card are over.</summary>
/// <param name="ValidUntil">The last local day.</param>
/// <param name="Ending">What that does.</param>
public sealed record ValidityEnded(DateOnly ValidUntil, ValidityEnding Ending) : DomainEvent("validityEnded");
