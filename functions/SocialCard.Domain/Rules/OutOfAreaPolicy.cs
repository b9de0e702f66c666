using System.Text.Json.Serialization;

namespace SocialCard.Domain.Rules;

/// <summary>What somebody presents to be reimbursed for treatment outside the insured region.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReimbursementDocument>))]
public enum ReimbursementDocument
{
    /// <summary>The hospital's invoice (医疗收费票据).</summary>
    Invoice,

    /// <summary>The list of what was charged (费用清单).</summary>
    ExpenseList,

    /// <summary>The discharge summary, or the outpatient record (出院小结, 门诊病历).</summary>
    MedicalRecord,

    /// <summary>The certificate of diagnosis (诊断证明).</summary>
    DiagnosisCertificate,

    /// <summary>The decision that it is a work injury (工伤认定决定书).</summary>
    WorkInjuryDecision,

    /// <summary>The child's certificate of birth (出生医学证明).</summary>
    BirthCertificate,

    /// <summary>The account to which it is paid, which is the card's own (社会保障卡银行账户).</summary>
    BankAccount,
}

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
