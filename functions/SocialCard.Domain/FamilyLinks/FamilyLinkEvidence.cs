namespace SocialCard.Domain.FamilyLinks;

/// <summary>On what evidence a link was made; the papers themselves stay with the channel that took them.</summary>
/// <param name="Face">The face verification.</param>
/// <param name="Document">What proves the kinship; for a child only.</param>
/// <param name="Undertaking">The guardian's signed undertaking; for a child only.</param>
public sealed record FamilyLinkEvidence(FaceEvidence Face, DocumentEvidence? Document = null, UndertakingEvidence? Undertaking = null);

/// <summary>A face verification.</summary>
/// <param name="Of">Whose face.</param>
/// <param name="Reference">The verifier's name for it: 1 to 64 visible ASCII characters.</param>
/// <param name="At">When: at most 24 hours ago.</param>
public sealed record FaceEvidence(FaceOf Of, Reference Reference, DateTimeOffset At);

/// <summary>A document that the channel has seen.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Reference">The channel's name for it: 1 to 64 visible ASCII characters.</param>
public sealed record DocumentEvidence(KinshipDocument Kind, Reference Reference);

/// <summary>An undertaking that the guardian has signed.</summary>
/// <param name="Version">Which text: 1 to 64 visible ASCII characters.</param>
/// <param name="SignedAt">When.</param>
public sealed record UndertakingEvidence(Reference Version, DateTimeOffset SignedAt);

/// <summary>Whose face was verified.</summary>
public enum FaceOf
{
    /// <summary>The guardian's.</summary>
    Guardian,

    /// <summary>The member's own.</summary>
    Member,
}
