namespace SocialCard.Domain.Cards;

/// <summary>Why a command on a temporary card is refused.</summary>
public static class TemporaryCardRefusals
{
    /// <summary>The region has none.</summary>
    public static Refusal NotOffered { get; } =
        new(RefusedBy.Policy, "temporary-card-not-offered", "The card's region has neither a temporary card nor a pick-up certificate.");

    /// <summary>It bridges the wait for a new card.</summary>
    public static Refusal NoReissue { get; } =
        new(RefusedBy.State, "no-reissue-running", "A temporary card is issued while a new card is under way.");

    /// <summary>One at a time.</summary>
    public static Refusal Issued { get; } = new(RefusedBy.State, "temporary-card-issued", "A temporary card is valid.");

    /// <summary>There is none of the number within the caller's scope.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "temporary-card-not-found", "There is no such temporary card within your scope.");

    /// <summary>There is none, or it is over.</summary>
    public static Refusal NotValid { get; } = new(RefusedBy.State, "temporary-card-not-valid", "No temporary card is valid.");

    /// <summary>It cannot be valid for longer.</summary>
    public static Refusal MaximumReached { get; } =
        new(RefusedBy.State, "temporary-card-maximum-reached", "The temporary card is valid as long as the region allows.");
}
