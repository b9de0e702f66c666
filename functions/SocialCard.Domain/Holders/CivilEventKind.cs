namespace SocialCard.Domain.Holders;

/// <summary>What the civil registry tells of a person.</summary>
public enum CivilEventKind
{
    /// <summary>The person died.</summary>
    Death,

    /// <summary>The person had not died: the record was a mistake.</summary>
    DeathRevoked,

    /// <summary>The person was born.</summary>
    Birth,

    /// <summary>The person has another name.</summary>
    NameChange,

    /// <summary>The person's ID number was corrected.</summary>
    IdCorrection,

    /// <summary>The person's household moved to another region.</summary>
    Move,

    /// <summary>The person has no registered household any more (销户).</summary>
    HouseholdCancelled,

    /// <summary>The person renounced the nationality.</summary>
    NationalityRenounced,
}
