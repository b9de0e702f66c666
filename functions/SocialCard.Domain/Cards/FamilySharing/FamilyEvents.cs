namespace SocialCard.Domain.Cards;

/// <summary>A relative was named as a member of the family; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Relation">What he is to the giver.</param>
/// <param name="Channel">Where it was asked for.</param>
public sealed record FamilyMemberRequested(string MemberId, Relation Relation, FamilyChannel Channel)
    : DomainEvent("familyMemberRequested");

/// <summary>The receiver must consent; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Until">Until when.</param>
public sealed record FamilyConsentAsked(string MemberId, DateTimeOffset? Until) : DomainEvent("familyConsentAsked");

/// <summary>The receiver has consented; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
public sealed record FamilyConsentGiven(string MemberId) : DomainEvent("familyConsentGiven");

/// <summary>The region reviews the request; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Until">Until when.</param>
public sealed record FamilyReviewStarted(string MemberId, DateTimeOffset Until) : DomainEvent("familyReviewStarted");

/// <summary>The giver's money pays the receiver's costs from now on; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
public sealed record FamilyMemberActivated(string MemberId) : DomainEvent("familyMemberActivated");

/// <summary>One of the two cards cannot be used; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
public sealed record FamilyMemberSuspended(string MemberId) : DomainEvent("familyMemberSuspended");

/// <summary>Both cards can be used again; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
public sealed record FamilyMemberResumed(string MemberId) : DomainEvent("familyMemberResumed");

/// <summary>The receiver has a new card; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="ReceiverCard">The new card.</param>
public sealed record FamilyMemberCardReplaced(string MemberId, CardNumber ReceiverCard) : DomainEvent("familyMemberCardReplaced");

/// <summary>A member is none any more; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="End">Why.</param>
/// <param name="Code">Why the receiver's card refused, if it did.</param>
public sealed record FamilyMemberEnded(string MemberId, FamilyEnd End, string? Code) : DomainEvent("familyMemberEnded");

/// <summary>The receiver had not died after all: the member is what it was; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
public sealed record FamilyMemberRevived(string MemberId) : DomainEvent("familyMemberRevived");

/// <summary>The end of a member is known to the receiver's card too; on the giver's card.</summary>
/// <param name="MemberId">The member.</param>
public sealed record FamilyMemberClosed(string MemberId) : DomainEvent("familyMemberClosed");

/// <summary>A relative is named as giver; on the receiver's card.</summary>
/// <param name="MemberId">The member as which the giver's card knows this one.</param>
public sealed record FamilyGiverJoined(string MemberId) : DomainEvent("familyGiverJoined");

/// <summary>A giver has a new card; on the receiver's card.</summary>
/// <param name="MemberId">The member as which the giver's card knows this one.</param>
public sealed record FamilyGiverCardReplaced(string MemberId) : DomainEvent("familyGiverCardReplaced");

/// <summary>A relative is giver no longer; on the receiver's card.</summary>
/// <param name="MemberId">The member as which the giver's card knew this one.</param>
public sealed record FamilyGiverLeft(string MemberId) : DomainEvent("familyGiverLeft");

/// <summary>Members and givers of the card that this one replaces are those of this one; on the new card.</summary>
/// <param name="Members">How many members.</param>
/// <param name="Givers">How many givers.</param>
public sealed record FamilyTakenOver(int Members, int Givers) : DomainEvent("familyTakenOver");

/// <summary>Members and givers are those of the new card; on the old card.</summary>
public sealed record FamilyHandedOver() : DomainEvent("familyHandedOver");

/// <summary>A receiver's ID number was corrected; neither number is told here.</summary>
/// <param name="MemberId">Which member.</param>
public sealed record FamilyReceiverCorrected(string MemberId) : DomainEvent("familyReceiverCorrected");
