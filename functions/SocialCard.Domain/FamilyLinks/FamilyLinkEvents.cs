namespace SocialCard.Domain.FamilyLinks;

/// <summary>A relative was linked.</summary>
/// <param name="Relation">What he is to the guardian.</param>
public sealed record FamilyLinked(Relation Relation) : DomainEvent("familyLinked");

/// <summary>Guardian or member has another name or ID number.</summary>
public sealed record FamilyLinkPersonCorrected() : DomainEvent("personCorrected");

/// <summary>A link is over.</summary>
/// <param name="End">Why.</param>
public sealed record FamilyLinkEnded(FamilyLinkEnd End) : DomainEvent("familyLinkEnded");

/// <summary>Guardian or member had not died: the link holds again.</summary>
public sealed record FamilyLinkRevived() : DomainEvent("familyLinkRevived");
