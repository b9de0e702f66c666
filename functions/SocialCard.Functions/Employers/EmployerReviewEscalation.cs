
namespace SocialCard.Functions.Employers;

/// <summary>An overdue review, on the queue <c>operations-escalations</c>.</summary>
/// <param name="EscalationId">The same for every delivery of the same escalation.</param>
/// <param name="Kind">What is the matter.</param>
/// <param name="EmployerCode">The employer.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="DueOn">The local day on which it was to be decided at the latest.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record EmployerReviewEscalation(
    string EscalationId, EscalationKind Kind, string EmployerCode, string ReviewId, DateTimeOffset At, DateOnly DueOn, int DaysOverdue);
