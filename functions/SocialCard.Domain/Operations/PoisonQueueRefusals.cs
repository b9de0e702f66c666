namespace SocialCard.Domain.Operations;

/// <summary>Why a command on messages that could not be processed is refused.</summary>
public static class PoisonQueueRefusals
{
    /// <summary>There is no such queue.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "queue-not-found", "There is no such queue, or nothing was ever done with its poison messages.");

    /// <summary>There is no such message.</summary>
    public static Refusal MessageNotFound { get; } =
        new(RefusedBy.Absence, "message-not-found", "No such message is among the oldest of the poison queue.");
}
