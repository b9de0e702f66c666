namespace SocialCard.Domain.People;

/// <summary>Why a person is not taken for himself.</summary>
public static class ProofRefusals
{
    /// <summary>Nothing beside the number of his document was presented, where nobody sees the document.</summary>
    public static Refusal Absent(IReadOnlyList<PersonCheck> taken) =>
        Missing($"Nobody sees the document there: one of {NamesOf(taken)} is needed.");

    /// <summary>His real name was verified in a way that the region does not take there.</summary>
    public static Refusal MethodNotTaken(IReadOnlyList<PersonCheck> taken) =>
        Missing($"The region takes {NamesOf(taken)} there, and no other verification.");

    /// <summary>The verification is too old.</summary>
    public static Refusal Outdated { get; } =
        Missing($"The verification is older than {RealNameVerification.Validity.TotalHours:0} hours.");

    /// <summary>The verification lies in the future.</summary>
    public static Refusal Ahead { get; } = Missing("The verification lies in the future.");

    /// <summary>The query password is wrong, locked, or was never set by him.</summary>
    public static Refusal QueryPasswordFails { get; } =
        Missing("The query password is wrong, is locked, or is none that the holder has set himself.");

    /// <summary>What a partner undoes was asked for elsewhere.</summary>
    public static Refusal UndoneElsewhere { get; } = new(
        RefusedBy.Policy, "undo-elsewhere", "It is undone by the partner that asked for it, or by the bureau.");

    private static Refusal Missing(string detail) => new(RefusedBy.Policy, "verification-missing", detail);

    private static string NamesOf(IReadOnlyList<PersonCheck> taken) =>
        string.Join(", ", taken.Select(check => SocialCardJson.NameOf<PersonCheck>(check)));
}
