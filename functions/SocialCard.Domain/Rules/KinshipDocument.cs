namespace SocialCard.Domain.Rules;

/// <summary>By what a child and its guardian prove that they are (any one of those that a region names).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<KinshipDocument>))]
public enum KinshipDocument
{
    /// <summary>The household register (户口簿).</summary>
    HouseholdRegister,

    /// <summary>The birth certificate (出生医学证明).</summary>
    BirthCertificate,

    /// <summary>A notarised kinship (亲属关系公证书).</summary>
    NotarisedKinship,
}
