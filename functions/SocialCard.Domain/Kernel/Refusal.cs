namespace SocialCard.Domain.Kernel;

/// <summary>Who says no: the aggregate's own rules (HTTP 409) or the region's policy (HTTP 422).</summary>
public enum RefusedBy
{
    /// <summary>The state does not allow it.</summary>
    State,

    /// <summary>The region's policy, or what was presented, does not allow it.</summary>
    Policy,

    /// <summary>There is nothing of that name within the caller's scope.</summary>
    Absence,

    /// <summary>What the caller goes on from is there no more: he must begin anew (HTTP 410).</summary>
    Loss,

    /// <summary>A field of what was sent, which only the aggregate could tell (HTTP 400).</summary>
    Field,
}

/// <summary>A refused command: a value, not an exception.</summary>
/// <param name="By">Who refuses.</param>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Detail">A sentence for people; it holds no personal data.</param>
public sealed record Refusal(RefusedBy By, string Code, string Detail)
{
    /// <summary>The field that is wrong, where one is.</summary>
    public string? Field { get; init; }

    /// <summary>A field that does not go with what the aggregate is.</summary>
    /// <param name="field">The field, as JSON names it.</param>
    /// <param name="expected">What is wrong with it; it does not repeat the value.</param>
    public static Refusal InvalidField(string field, string expected) =>
        new(RefusedBy.Field, "invalid-request", expected) { Field = field };
}
