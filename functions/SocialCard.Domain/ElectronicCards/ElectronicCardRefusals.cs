namespace SocialCard.Domain.ElectronicCards;

/// <summary>Why a command on an electronic card is refused.</summary>
public static class ElectronicCardRefusals
{
    /// <summary>There is no such electronic card within the caller's scope.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "electronic-card-not-found", "There is no such electronic card within your scope.");

    /// <summary>Only the holder of a card in use applies.</summary>
    public static Refusal GuardianCardNotActive { get; } =
        new(RefusedBy.State, "guardian-card-not-active", "The guardian has no card that is in use.");

    /// <summary>A guardian is of age.</summary>
    public static Refusal GuardianTooYoung { get; } = new(RefusedBy.Policy, "guardian-too-young", "The guardian is not old enough.");

    /// <summary>The region does not take an application for such a child.</summary>
    public static Refusal RelationNotAllowed { get; } =
        new(RefusedBy.Policy, "relation-not-allowed", "The region does not take an application for such a child.");

    /// <summary>The region does not take this verification of a real name.</summary>
    public static Refusal RealNameCheckNotAllowed { get; } =
        new(RefusedBy.Policy, "real-name-check-not-allowed", "The region does not take this verification of the guardian's real name.");

    /// <summary>The verification of the real name is not of today.</summary>
    public static Refusal RealNameOutdated { get; } =
        new(RefusedBy.Policy, "real-name-outdated", "The guardian's real name was verified more than 24 hours ago.");

    /// <summary>The guardian has as many electronic cards as he may.</summary>
    public static Refusal LimitReached { get; } =
        new(RefusedBy.Policy, "electronic-card-limit-reached", "The guardian has as many electronic cards of others as he may.");

    /// <summary>The guardian has one of this child, or applies for one.</summary>
    public static Refusal AlreadyApplied { get; } =
        new(RefusedBy.State, "electronic-card-exists", "The guardian has an electronic card of this child, or has applied for it.");

    /// <summary>The notice comes first.</summary>
    public static Refusal NoticeNotAccepted { get; } = new(RefusedBy.State, "notice-not-accepted", "The notice has not been accepted yet.");

    /// <summary>Another notice was to be accepted.</summary>
    public static Refusal NoticeOutdated { get; } =
        new(RefusedBy.State, "notice-outdated", "Another version of the notice is to be accepted.");

    /// <summary>The child is named before its documents come.</summary>
    public static Refusal MemberMissing { get; } = new(RefusedBy.State, "member-missing", "The child has not been named yet.");

    /// <summary>Nobody is his own guardian.</summary>
    public static Refusal MemberIsGuardian { get; } = new(RefusedBy.Policy, "member-is-guardian", "Guardian and child are one person.");

    /// <summary>The child is too old for a guardian's electronic card.</summary>
    public static Refusal ChildTooOld { get; } = new(RefusedBy.Policy, "child-too-old", "The child is old enough to apply itself.");

    /// <summary>The child needs a card of its own.</summary>
    public static Refusal MemberCardMissing { get; } = new(RefusedBy.State, "member-card-missing", "The child has no card of its own.");

    /// <summary>The child's card names it otherwise.</summary>
    public static Refusal MemberMismatch { get; } =
        new(RefusedBy.Policy, "member-mismatch", "The name is not the one on the child's card.");

    /// <summary>The region does not take such a document.</summary>
    public static Refusal DocumentNotAccepted { get; } =
        new(RefusedBy.Policy, "document-not-accepted", "The region does not take this kind of document.");

    /// <summary>The kinship is not proved.</summary>
    public static Refusal DocumentsMissing { get; } = new(RefusedBy.State, "documents-missing", "No document proves the kinship yet.");

    /// <summary>What was shown is not the letter any more.</summary>
    public static Refusal LetterChanged { get; } =
        new(RefusedBy.State, "letter-changed", "The hash is not that of the letter as it is now; show it again.");

    /// <summary>The region does not take this way of signing.</summary>
    public static Refusal SignatureCheckNotAllowed { get; } =
        new(RefusedBy.Policy, "signature-check-not-allowed", "The region does not take this way of signing.");

    /// <summary>The letter is to be signed first.</summary>
    public static Refusal LetterNotSigned { get; } =
        new(RefusedBy.State, "letter-not-signed", "The letter has not been signed, or has changed since.");

    /// <summary>The bureau has it.</summary>
    public static Refusal UnderReview { get; } = new(RefusedBy.State, "under-review", "The application is under review.");

    /// <summary>There is nothing to decide.</summary>
    public static Refusal NotUnderReview { get; } = new(RefusedBy.State, "not-under-review", "The application is not under review.");

    /// <summary>It is issued.</summary>
    public static Refusal AlreadyIssued { get; } = new(RefusedBy.State, "already-issued", "The electronic card is issued.");

    /// <summary>It was not submitted in time.</summary>
    public static Refusal Lapsed { get; } = new(RefusedBy.State, "application-lapsed", "The application was not submitted in time.");

    /// <summary>It is over.</summary>
    public static Refusal Ended { get; } = new(RefusedBy.State, "electronic-card-ended", "The electronic card is over.");

    /// <summary>It is not issued.</summary>
    public static Refusal NotIssued { get; } =
        new(RefusedBy.State, "electronic-card-not-issued", "The electronic card is not issued, or is over.");

    /// <summary>The child's physical card bars it.</summary>
    public static Refusal PhysicalCardUnusable { get; } =
        new(RefusedBy.State, "physical-card-unusable",
            "The child's card is lost, locked or cancelled, and the region bars the electronic one.");

    /// <summary>The guardian must say that it be used nonetheless.</summary>
    public static Refusal AuthorisationMissing { get; } =
        new(RefusedBy.State, "authorisation-missing",
            "The child's card is lost or locked: the guardian must authorise the use (authorised=true).");

    /// <summary>The voucher is not one of this service.</summary>
    public static Refusal VoucherInvalid { get; } = new(RefusedBy.Policy, "voucher-invalid", "The token is not a voucher of this service.");

    /// <summary>The voucher's sixty seconds are over.</summary>
    public static Refusal VoucherExpired { get; } = new(RefusedBy.Policy, "voucher-expired", "The voucher's time is over.");

    /// <summary>The voucher was checked before.</summary>
    public static Refusal VoucherUsed { get; } = new(RefusedBy.State, "voucher-used", "The voucher was checked before.");
}
