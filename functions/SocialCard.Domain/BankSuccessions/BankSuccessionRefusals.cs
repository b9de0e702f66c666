namespace SocialCard.Domain.BankSuccessions;

/// <summary>Why a succession is refused.</summary>
public static class BankSuccessionRefusals
{
    /// <summary>Nobody has taken over the bank.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "bank-succession-not-found", "No other bank has taken over one of this name.");

    /// <summary>A bank is taken over once.</summary>
    public static Refusal AlreadyTakenOver { get; } =
        new(RefusedBy.State, "bank-already-taken-over", "Another bank has taken over this one already.");

    /// <summary>What was taken over takes over nobody, and so no two banks take over each other.</summary>
    public static Refusal SuccessorTakenOver { get; } =
        new(RefusedBy.State, "successor-taken-over", "The successor was taken over itself; name the bank that has its cards.");

    /// <summary>A bank that takes over another has all of its cards before it is taken over itself.</summary>
    public static Refusal TakesOver { get; } = new(
        RefusedBy.State,
        "bank-takes-over",
        "The bank takes over another whose cards are still being moved; tell it again when that is completed.");
}
