namespace SocialCard.Domain.People;

/// <summary>Somebody who acts for the holder (代办).</summary>
/// <param name="BirthDate">His day of birth, by his document; null if it is not known, and he is taken for an adult.</param>
/// <param name="IsHolder">Whether his document is the holder's own.</param>
/// <param name="HasPowerOfAttorney">Whether he presented a letter of authority (委托书).</param>
/// <param name="Relation">What he is to the holder.</param>
/// <param name="Kinship">The document by which he proved that; null if he showed none.</param>
public sealed record Agent(
    DateOnly? BirthDate, bool IsHolder, bool HasPowerOfAttorney, AgentRelation? Relation, KinshipDocument? Kinship = null)
{
    private const int AdultAge = 18;
    private const string HolderHimself = "The agent's document is the holder's own.";

    private bool IsGuardian => Relation is AgentRelation.Parent or AgentRelation.Guardian;

    /// <summary>Why he may not act for the holder; null if he may.</summary>
    /// <param name="rule">The region's rule for what is to be done.</param>
    /// <param name="holderIsMinor">Whether the holder is of an age at which a guardian acts for him.</param>
    /// <param name="today">The local day.</param>
    /// <param name="ofGuardian">What a minor's guardian must show; nothing where his word is enough.</param>
    public Refusal? NotAccepted(AgentRule rule, bool holderIsMinor, DateOnly today, IReadOnlyList<AgentDocument> ofGuardian)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(ofGuardian);
        if (IsHolder)
        {
            return Refusal.AgentNotEligible(HolderHimself);
        }

        if (BirthDate?.AddYears(AdultAge) > today)
        {
            return Refusal.AgentNotEligible($"An agent must be {AdultAge} years old.");
        }

        // A parent or guardian represents a minor by law and needs no letter.
        if (holderIsMinor)
        {
            return IsGuardian ? Missing(ofGuardian) : Refusal.GuardianRequired;
        }

        return rule.Allowed ? Missing(rule.Documents) : Refusal.AgentNotAllowed;
    }

    /// <summary>
    /// Why he may not set a password for the holder; null if he may. No region lets an agent handle a password, so that only a minor
    /// is represented, by his parent or guardian.
    /// </summary>
    /// <param name="ofGuardian">
    /// What a minor's guardian must show; null where the holder is of an age at which nobody acts for him.
    /// </param>
    public Refusal? NotAcceptedForPasswords(IReadOnlyList<AgentDocument>? ofGuardian) =>
        ofGuardian is null || !IsGuardian ? Refusal.AgentNotAllowed
        : IsHolder ? Refusal.AgentNotEligible(HolderHimself)
        : Missing(ofGuardian);

    // Whoever acts for another says both ID numbers, so that the two IDs are there.
    private Refusal? Missing(IReadOnlyList<AgentDocument> documents)
    {
        string[] missing =
        [
            .. documents.Where(document => document switch
            {
                AgentDocument.PowerOfAttorney => !HasPowerOfAttorney,
                AgentDocument.Kinship => Kinship is null,
                _ => false,
            }).Select(document => SocialCardJson.NameOf<AgentDocument>(document)!),
        ];
        return missing.Length > 0 ? Refusal.AgentDocumentsMissing(string.Join(", ", missing)) : null;
    }
}

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
