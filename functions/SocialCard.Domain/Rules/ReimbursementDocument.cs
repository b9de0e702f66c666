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
