namespace SocialCard.Domain.Rules;

/// <summary>The occasions on which a card is first used.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UsageOccasion>))]
public enum UsageOccasion
{
    /// <summary>Registration at a hospital (挂号).</summary>
    Registration,

    /// <summary>Outpatient treatment (门诊).</summary>
    Outpatient,

    /// <summary>Admission to a hospital (住院).</summary>
    Hospitalization,

    /// <summary>A purchase at a pharmacy (购药).</summary>
    Purchase,

    /// <summary>A diagnosis at a hospital (诊断).</summary>
    Diagnosis,

    /// <summary>Registration of a pregnancy at a hospital (孕期登记, 产检建档).</summary>
    PregnancyRegistration,

    /// <summary>A prescription at a hospital (开药, 处方).</summary>
    Prescription,
}
