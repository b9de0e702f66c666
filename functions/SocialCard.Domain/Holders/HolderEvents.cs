using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Holders;

/// <summary>A holder was told of for the first time.</summary>
/// <param name="RegionCode">Where.</param>
public sealed record HolderOpened(string RegionCode) : DomainEvent("opened");

/// <summary>A card is issued to the holder.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="RegionCode">Where it is issued.</param>
public sealed record HolderCardAdded(CardNumber CardNumber, string RegionCode) : DomainEvent("cardAdded");

/// <summary>The holder gives up a card, which ends unless something is under way with it.</summary>
/// <param name="CardNumber">The card.</param>
public sealed record HolderCardGivenUp(CardNumber CardNumber) : DomainEvent("cardGivenUp");

/// <summary>Another of another name has the holder's number too.</summary>
public sealed record HolderNumberShared() : DomainEvent("numberShared");

/// <summary>The holder's mobile number, which is not told here, has changed.</summary>
public sealed record HolderContactChanged() : DomainEvent("contactChanged");

/// <summary>The holder was born.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="RegionCode">Where he is registered.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderBorn(DateOnly OccurredOn, string RegionCode, string ReportedBy) : DomainEvent("born");

/// <summary>The parents or the guardian may have the newborn's card registered.</summary>
/// <param name="Guardians">How many may.</param>
public sealed record CardClaimOpened(int Guardians) : DomainEvent("cardClaimOpened");

/// <summary>The holder's household is registered in another region.</summary>
/// <param name="FromRegion">GB/T 2260; null where nobody had told.</param>
/// <param name="ToRegion">GB/T 2260.</param>
/// <param name="OccurredOn">The local day of the move.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HouseholdMoved(string? FromRegion, string ToRegion, DateOnly OccurredOn, string ReportedBy) : DomainEvent("moved");

/// <summary>The holder has no registered household any more.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HouseholdCancelled(DateOnly OccurredOn, string ReportedBy) : DomainEvent("householdCancelled");

/// <summary>The holder turned out to be another, who has his cards from now on.</summary>
public sealed record HolderMerged() : DomainEvent("merged");

/// <summary>Another holder turned out to be this one.</summary>
/// <param name="Cards">How many cards he had.</param>
public sealed record HolderTakenOver(int Cards) : DomainEvent("takenOver");

/// <summary>An event came after a younger one of its kind, and changed nothing.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record CivilEventOutdated(CivilEventKind Kind, DateOnly OccurredOn, string ReportedBy) : DomainEvent("civilEventOutdated");

/// <summary>Another bank has taken over the bank of a card.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="BankId">Its bank now.</param>
public sealed record HolderCardBankChanged(CardNumber CardNumber, string BankId) : DomainEvent("holderCardBankChanged");
