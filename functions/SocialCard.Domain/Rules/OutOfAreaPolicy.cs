namespace SocialCard.Domain.Rules;

/// <summary>How one kind of treatment outside the insured region is settled.</summary>
/// <param name="Direct">At the hospital, with the card (直接结算), if both regions take part; null where unknown.</param>
/// <param name="Documents">What is presented for reimbursement (手工报销) otherwise.</param>
public sealed record OutOfAreaSettlement(bool? Direct, IReadOnlyList<ReimbursementDocument> Documents) : PolicySection;

/// <summary>Treatment outside the insured region (异地就医).</summary>
/// <param name="Medical">Under the medical insurance.</param>
/// <param name="WorkInjury">Under the work-injury insurance.</param>
/// <param name="Maternity">Under the maternity insurance.</param>
public sealed record OutOfAreaPolicy(OutOfAreaSettlement Medical, OutOfAreaSettlement WorkInjury, OutOfAreaSettlement Maternity)
    : PolicySection;
