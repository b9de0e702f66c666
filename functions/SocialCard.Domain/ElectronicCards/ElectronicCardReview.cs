namespace SocialCard.Domain.ElectronicCards;

/// <summary>A review by the bureau.</summary>
/// <param name="SubmittedAt">When the application was submitted.</param>
/// <param name="DueOn">The last local day of the review; null where the region names none.</param>
/// <param name="NextEscalation">When operations are told next that it is overdue; null for never.</param>
/// <param name="IsOverdue">Whether they have been told.</param>
/// <param name="Verdict">What the bureau decided; null until then.</param>
public sealed record ElectronicCardReview(
    DateTimeOffset SubmittedAt,
    DateOnly? DueOn,
    DateTimeOffset? NextEscalation,
    bool IsOverdue = false,
    ElectronicCardVerdict? Verdict = null);

/// <summary>What the bureau decided.</summary>
/// <param name="Approved">Whether the card is issued.</param>
/// <param name="Reason">Why not.</param>
/// <param name="By">The bureau.</param>
/// <param name="At">When.</param>
public sealed record ElectronicCardVerdict(bool Approved, string? Reason, string By, DateTimeOffset At);
