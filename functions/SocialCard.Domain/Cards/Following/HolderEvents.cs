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

/// <summary>The holder has another name, which is not told here.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderRenamed(DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderRenamed");

/// <summary>The holder's ID number was corrected; neither number is told here.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderIdCorrected(DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderIdCorrected");
