namespace SocialCard.Domain.Rules;

/// <summary>What a close relative is to the holder.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Relation>))]
public enum Relation
{
    /// <summary>Husband or wife.</summary>
    Spouse,

    /// <summary>Father or mother.</summary>
    Parent,

    /// <summary>Son or daughter.</summary>
    Child,

    /// <summary>Brother or sister.</summary>
    Sibling,

    /// <summary>A parent of the father.</summary>
    PaternalGrandparent,

    /// <summary>A parent of the mother.</summary>
    MaternalGrandparent,

    /// <summary>A child of a son.</summary>
    SonsChild,

    /// <summary>A child of a daughter.</summary>
    DaughtersChild,
}
