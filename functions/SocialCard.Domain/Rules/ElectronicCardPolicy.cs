namespace SocialCard.Domain.Rules;

/// <summary>The use of the electronic card by the state of the physical one.</summary>
/// <param name="TemporaryLoss">Under a temporary loss report.</param>
/// <param name="FormalLoss">Under a formal loss report.</param>
/// <param name="PasswordLocked">With its password locked.</param>
/// <param name="Cancelled">Cancelled.</param>
public sealed record ElectronicCardUses(
    ElectronicCardUse TemporaryLoss,
    ElectronicCardUse FormalLoss,
    ElectronicCardUse PasswordLocked,
    ElectronicCardUse Cancelled) : PolicySection;

/// <summary>How many minors' electronic cards one person may hold; null where no maximum is known.</summary>
/// <param name="Total">In all.</param>
/// <param name="Children">Children.</param>
/// <param name="Others">Others.</param>
public sealed record ElectronicCardRelatives(int? Total, int? Children, int? Others) : PolicySection;

/// <summary>The electronic card of a child that a guardian applies for (电子社保卡亲情服务).</summary>
/// <param name="Wardships">Whom a guardian may apply for.</param>
/// <param name="ChildBelowAge">Below this age, in years; on the birthday the guardian's access ends.</param>
/// <param name="GuardianFromAge">From this age on, in years, one may be the guardian.</param>
/// <param name="Documents">Any one of these proves the kinship.</param>
/// <param name="RealNameChecks">By any of these the guardian's real name is verified before he applies.</param>
/// <param name="SignatureChecks">By any of these he signs; a region that insists on his face names it alone.</param>
/// <param name="NoticeVersion">The version of the notice that he reads and accepts.</param>
public sealed record ElectronicCardOfChild(
    IReadOnlyList<Wardship> Wardships,
    int ChildBelowAge,
    int GuardianFromAge,
    IReadOnlyList<KinshipDocument> Documents,
    IReadOnlyList<PersonCheck> RealNameChecks,
    IReadOnlyList<PersonCheck> SignatureChecks,
    string NoticeVersion) : PolicySection;

/// <summary>The electronic card.</summary>
/// <param name="While">Its use by the state of the physical card.</param>
/// <param name="NeedsPhysicalCard">Only a valid physical card has one.</param>
/// <param name="Relatives">How many relatives' cards one person may hold.</param>
/// <param name="RelativeReview">How long the application for a relative takes; null where unknown, which nobody waits for.</param>
/// <param name="OfChild">The application for a child.</param>
public sealed record ElectronicCardPolicy(
    ElectronicCardUses While,
    bool NeedsPhysicalCard,
    ElectronicCardRelatives Relatives,
    [Units(PeriodUnit.WorkingDays)] Period? RelativeReview,
    ElectronicCardOfChild OfChild) : PolicySection;
