using SocialCard.Domain.Employers;

namespace SocialCard.Functions.Employers;

/// <summary>What the market regulator told and the employer did not register in time, on the queue <c>operations-escalations</c>.</summary>
/// <param name="EscalationId">The same for every delivery of the same escalation.</param>
/// <param name="Kind">What is the matter.</param>
/// <param name="EmployerCode">The employer.</param>
/// <param name="Duty">What was to be registered.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="DueOn">The local day on which it was to be registered at the latest.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record EmployerDeadlineEscalation(
    string EscalationId, EscalationKind Kind, string EmployerCode, EmployerDuty Duty, DateTimeOffset At, DateOnly DueOn, int DaysOverdue);
