namespace SocialCard.Functions.Notices;

/// <summary>Something that the people who run the service must look at, on the queue <c>operations-escalations</c>.</summary>
/// <param name="EscalationId">The same for every delivery of the same escalation.</param>
/// <param name="Kind">What is the matter.</param>
/// <param name="CardNumber">The card.</param>
/// <param name="ReissueId">Its reissue.</param>
/// <param name="BankId">The bank that makes the new card.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="PromisedOn">The local day on which the new card was to be ready.</param>
/// <param name="WorkingDaysLate">How many working days have passed since.</param>
public sealed record Escalation(
    string EscalationId,
    EscalationKind Kind,
    CardNumber CardNumber,
    string ReissueId,
    string BankId,
    DateTimeOffset At,
    DateOnly? PromisedOn = null,
    int? WorkingDaysLate = null)
{
    /// <summary>The queue that operations read.</summary>
    public const string Queue = "operations-escalations";
}
