namespace SocialCard.Domain.Cards;

/// <summary>A holder as far as his cards must know him: each keeps a copy, and so is read and used without him.</summary>
/// <param name="Person">Who he is.</param>
/// <param name="Version">Grows with every change that his cards must know.</param>
/// <param name="Named">When he got his name, as it was told; null where nobody has told.</param>
/// <param name="Corrected">When the number of his document was corrected; null where it was not.</param>
/// <param name="End">Why he can have no card any more; null while he can.</param>
/// <param name="Revoked">When it was told that he had not died after all.</param>
/// <param name="Referrals">The referrals under which his cards may be used in other provinces, and those that have ended lately.</param>
/// <param name="FormerIds">The holders that turned out to be he.</param>
/// <param name="HasSeveralCards">Whether he has, or had, several cards of which none is in the place of another.</param>
public sealed record HolderStanding(
    Person Person,
    long Version,
    HolderFact? Named,
    HolderFact? Corrected,
    HolderEnd? End,
    HolderFact? Revoked,
    IReadOnlyList<Referral> Referrals,
    IReadOnlyList<string> FormerIds,
    bool HasSeveralCards = false);

/// <summary>What was told of a holder.</summary>
/// <param name="OccurredOn">The local day of what happened.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderFact(DateOnly OccurredOn, string ReportedBy);

/// <summary>Why a holder can have no card any more.</summary>
/// <param name="Reason"><see cref="StateReason.Deceased"/> or <see cref="StateReason.NationalityRenounced"/>.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record HolderEnd(StateReason Reason, DateOnly OccurredOn, string ReportedBy);
