namespace SocialCard.Domain.ElectronicCards;

/// <summary>Where an electronic card stands.</summary>
public enum ElectronicCardState
{
    /// <summary>The guardian goes through the steps.</summary>
    Draft,

    /// <summary>The bureau has to decide.</summary>
    Submitted,

    /// <summary>The bureau refused; it can be corrected and submitted again.</summary>
    Refused,

    /// <summary>The guardian shows it.</summary>
    Issued,

    /// <summary>It was not submitted in time.</summary>
    Lapsed,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>Why an electronic card is over.</summary>
public enum ElectronicCardEnd
{
    /// <summary>The guardian gave it up.</summary>
    GivenUp,

    /// <summary>The child is old enough to hold its electronic card itself.</summary>
    CameOfAge,

    /// <summary>The guardian died or renounced the nationality.</summary>
    GuardianEnded,

    /// <summary>The child died or renounced the nationality.</summary>
    MemberEnded,
}

/// <summary>The steps of an application, in their order.</summary>
public enum ElectronicCardStep
{
    /// <summary>Read and accept the notice.</summary>
    Notice,

    /// <summary>Name the child.</summary>
    Member,

    /// <summary>Prove the kinship.</summary>
    Documents,

    /// <summary>Read and sign the commitment letter.</summary>
    Signature,

    /// <summary>Submit.</summary>
    Submission,
}
