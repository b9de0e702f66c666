namespace SocialCard.Domain.Cards;

/// <summary>The treatment of the holder in another province was approved.</summary>
/// <param name="ReferralId">The referral.</param>
/// <param name="Kind">Under which insurance.</param>
/// <param name="ToRegion">The region of the treatment.</param>
/// <param name="ToHospital">The hospital there.</param>
/// <param name="ApprovingHospital">The hospital that sends the patient.</param>
/// <param name="ValidFrom">The first local day.</param>
/// <param name="ValidTo">The last local day.</param>
public sealed record ReferralApproved(
    string ReferralId,
    ReferralKind Kind,
    string ToRegion,
    string ToHospital,
    string ApprovingHospital,
    DateOnly ValidFrom,
    DateOnly ValidTo)
    : DomainEvent("referralApproved");

/// <summary>The approval was withdrawn.</summary>
/// <param name="ReferralId">The referral.</param>
public sealed record ReferralWithdrawn(string ReferralId) : DomainEvent("referralWithdrawn");

/// <summary>The card was first used at the hospital that a referral names.</summary>
/// <param name="ReferralId">The referral.</param>
/// <param name="HospitalId">The hospital.</param>
/// <param name="OccurredAt">When.</param>
public sealed record ReferralUsed(string ReferralId, string HospitalId, DateTimeOffset OccurredAt) : DomainEvent("referralUsed");

/// <summary>A hospital or pharmacy outside the card's province reported a use that no valid referral allows; nothing changed.</summary>
/// <param name="ProviderId">The hospital or pharmacy.</param>
/// <param name="Occasion">On which occasion.</param>
/// <param name="OccurredAt">When.</param>
public sealed record UsageWithoutReferral(string ProviderId, UsageOccasion Occasion, DateTimeOffset OccurredAt)
    : DomainEvent("usageWithoutReferral");
