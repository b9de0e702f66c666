namespace SocialCard.Domain.Partners;

/// <summary>A public service that takes the card as the credential of its holder.</summary>
public enum PublicService
{
    /// <summary>Claiming and drawing a pension (养老待遇).</summary>
    Pensions,

    /// <summary>Registration of the unemployed (失业登记).</summary>
    UnemploymentRegistration,

    /// <summary>Proof of employment (就业证明).</summary>
    EmploymentProof,

    /// <summary>Vocational training (职业培训).</summary>
    Training,

    /// <summary>Water, electricity, gas, heating (公用事业).</summary>
    Utilities,

    /// <summary>Public transport (公共交通).</summary>
    Transport,
}
