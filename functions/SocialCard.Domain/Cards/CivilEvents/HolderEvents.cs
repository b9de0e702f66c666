namespace SocialCard.Domain.Cards;

/// <summary>The holder has died or has renounced the nationality; no card follows this one.</summary>
/// <param name="Reason">Which of the two.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderEnded(StateReason Reason, DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderEnded");

/// <summary>The holder has another name, which is not told here.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderRenamed(DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderRenamed");

/// <summary>The holder's ID number was corrected; neither number is told here.</summary>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderIdCorrected(DateOnly OccurredOn, string ReportedBy) : DomainEvent("holderIdCorrected");

/// <summary>The card is another region's from now on.</summary>
/// <param name="FromRegion">GB/T 2260.</param>
/// <param name="ToRegion">GB/T 2260.</param>
/// <param name="OccurredOn">The local day of the move.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record CardMoved(string FromRegion, string ToRegion, DateOnly OccurredOn, string ReportedBy) : DomainEvent("moved");

/// <summary>An event came after a younger one of its kind, and changed nothing.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record CivilEventOutdated(CivilEventKind Kind, DateOnly OccurredOn, string ReportedBy) : DomainEvent("civilEventOutdated");
