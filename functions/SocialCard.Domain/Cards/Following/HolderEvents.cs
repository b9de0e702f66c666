namespace SocialCard.Domain.Cards;

/// <summary>The holder has died or has renounced the nationality; no card follows this one.</summary>
/// <param name="Reason">Which of the two.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderEnded(StateReason Reason, DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderEnded");

/// <summary>The holder had not died after all: the card is what it was, less what time has ended meanwhile.</summary>
/// <param name="OccurredOn">The local day on which the record was revoked.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderRevived(DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderRevived");

/// <summary>A card that a move had taken along is the region's again that issued it.</summary>
/// <param name="FromRegion">GB/T 2260.</param>
/// <param name="ToRegion">GB/T 2260.</param>
public sealed record CardReturned(string FromRegion, string ToRegion) : DomainEvent("returnedToIssuingRegion");

/// <summary>The holder has another name, which is not told here.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderRenamed(DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderRenamed");

/// <summary>The holder's ID number was corrected; neither number is told here.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderIdCorrected(DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderIdCorrected");

/// <summary>The card is a second one: its holder has another of the same province in use.</summary>
/// <param name="Beside">The others.</param>
public sealed record SecondCardFound(IReadOnlyList<CardNumber> Beside) : DomainEvent("secondCardFound");

/// <summary>The card is no second one any more: it has ended, or the others have.</summary>
public sealed record SecondCardSettled() : DomainEvent("secondCardSettled");
