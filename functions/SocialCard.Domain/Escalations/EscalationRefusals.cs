namespace SocialCard.Domain.Escalations;

/// <summary>Why a command on an escalation is refused.</summary>
public static class EscalationRefusals
{
    /// <summary>There is no such escalation.</summary>
    public static Refusal NotFound { get; } = new(RefusedBy.Absence, "escalation-not-found", "There is no such escalation.");

    /// <summary>It is closed.</summary>
    public static Refusal Closed { get; } = new(RefusedBy.State, "escalation-closed", "The escalation is closed.");
}
