using DurableTask.Core;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>What comes into an instance's inbox: a message, or word of something that was to be done, or nothing but a reason to look.</summary>
internal sealed class Arrival
{
    private readonly TaskCompletionSource<Exception?> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskMessage? Message { get; init; }

    /// <summary>What of the receiver's own list has come to its end with this.</summary>
    public string? Done { get; init; }

    /// <summary>The key of the message in its sender's list; null where no instance sent it.</summary>
    public string? Key { get; init; }

    /// <summary>The statuses in which an instance is not replaced by this start.</summary>
    public OrchestrationStatus[] Kept { get; init; } = [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    /// <summary>Whether the instance is to be deleted.</summary>
    public bool Purges { get; init; }

    /// <summary>Whether a client waits, who hears of a failure and may try again; what the hub sends itself is tried until it is stored.</summary>
    public bool IsClients { get; init; }

    /// <summary>The instance as it was stored last before the outcome; null where there is none.</summary>
    public OrchestrationState? Found { get; set; }

    /// <summary>Completes when what the arrival means is stored: with null, or with the reason for which it is refused.</summary>
    public Task<Exception?> Outcome => outcome.Task;

    public void Answer(Exception? refusal) => outcome.TrySetResult(refusal);

    public void Cancel() => outcome.TrySetCanceled();
}
