using SocialCard.Regions;

namespace SocialCard.Activation;

/// <summary>The use of a card that enables its social-security application (首次使用启用), or the request to enable it.</summary>
/// <param name="Channel">Through which channel.</param>
/// <param name="Occasion">On which occasion, in a hospital or pharmacy.</param>
/// <param name="OccurredAt">When; a report over a queue may come later than the use.</param>
/// <param name="HolderBirthDate">The day of birth by the ID number presented; null where none is presented.</param>
/// <param name="Agent">Who acts for the holder; null when he comes himself.</param>
public sealed record ActivateSocial(
    ActivationChannel Channel, UsageOccasion? Occasion, DateTimeOffset OccurredAt, DateOnly? HolderBirthDate, Agent? Agent);

/// <summary>Somebody who acts for the holder (代办).</summary>
/// <param name="BirthDate">His day of birth, by his ID number.</param>
/// <param name="IsHolder">Whether his ID number is the holder's own.</param>
/// <param name="HasPowerOfAttorney">Whether he presented a letter of authority (委托书).</param>
/// <param name="Relation">What he is to the holder.</param>
public sealed record Agent(DateOnly BirthDate, bool IsHolder, bool HasPowerOfAttorney, AgentRelation? Relation);

/// <summary>What an agent is to the holder.</summary>
public enum AgentRelation
{
    /// <summary>Father or mother; a minor's guardian by law.</summary>
    Parent,

    /// <summary>A guardian who is not a parent.</summary>
    Guardian,

    /// <summary>Husband or wife.</summary>
    Spouse,

    /// <summary>Son or daughter.</summary>
    Child,

    /// <summary>Anybody else.</summary>
    Other,
}

/// <summary>The occasions on which a card is first used.</summary>
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
}
