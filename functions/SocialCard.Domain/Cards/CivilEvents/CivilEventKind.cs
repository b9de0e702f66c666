namespace SocialCard.Domain.Cards;

/// <summary>What the civil registry tells of a person.</summary>
public enum CivilEventKind
{
    /// <summary>The person died.</summary>
    Death,

    /// <summary>The person has another name.</summary>
    NameChange,

    /// <summary>The person's ID number was corrected.</summary>
    IdCorrection,

    /// <summary>The person moved to another region.</summary>
    Move,

    /// <summary>The person renounced the nationality.</summary>
    NationalityRenounced,
}
