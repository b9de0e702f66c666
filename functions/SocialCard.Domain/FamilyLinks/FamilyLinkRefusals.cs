namespace SocialCard.Domain.FamilyLinks;

/// <summary>Why a command on a family link is refused.</summary>
public static class FamilyLinkRefusals
{
    /// <summary>There is no such family link within the caller's scope.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "family-link-not-found", "There is no such family link within your scope.");

    /// <summary>Only the holder of a card in use links relatives.</summary>
    public static Refusal GuardianCardNotActive { get; } =
        new(RefusedBy.State, "guardian-card-not-active", "The guardian has no card that is in use.");

    /// <summary>Who links a relative is of age.</summary>
    public static Refusal GuardianTooYoung { get; } = new(RefusedBy.Policy, "guardian-too-young", "The guardian is not old enough.");

    /// <summary>Nobody is his own relative.</summary>
    public static Refusal MemberIsGuardian { get; } = new(RefusedBy.Policy, "member-is-guardian", "Guardian and member are one person.");

    /// <summary>The face of the other was to be verified.</summary>
    public static Refusal WrongFace { get; } =
        new(RefusedBy.Policy, "face-verification-missing", "A child's guardian, or a grown relative himself, must verify his face.");

    /// <summary>The face verification is not of today.</summary>
    public static Refusal FaceOutdated { get; } =
        new(RefusedBy.Policy, "face-verification-outdated", "The face was verified more than 24 hours ago.");

    /// <summary>A child's kinship is proved.</summary>
    public static Refusal DocumentMissing { get; } =
        new(RefusedBy.Policy, "documents-missing", "For a child a document must prove the kinship.");

    /// <summary>A child's guardian signs an undertaking.</summary>
    public static Refusal UndertakingMissing { get; } =
        new(RefusedBy.Policy, "undertaking-missing", "For a child the guardian must sign an undertaking.");

    /// <summary>The account has as many members as it may.</summary>
    public static Refusal LimitReached { get; } =
        new(RefusedBy.Policy, "family-link-limit-reached", "The guardian has linked as many relatives as he may.");

    /// <summary>The member is linked to the account.</summary>
    public static Refusal AlreadyLinked { get; } = new(RefusedBy.State, "already-linked", "The guardian has linked this relative.");

    /// <summary>The link is over.</summary>
    public static Refusal Ended { get; } = new(RefusedBy.State, "family-link-ended", "The family link is over.");
}
