using System.Diagnostics;
using Microsoft.DurableTask.Client;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// Something that an instance has to take note of. It waits in memory for the instance's next turn; its outcome is known once that
/// turn is stored. A message of the engine's own survives a turn that could not be stored; a client's is answered with the error.
/// </summary>
internal abstract class Message
{
    private readonly TaskCompletionSource<Exception?> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the engine sent it: then the sender goes on asking until it is stored.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Null once the message is stored, the reason where it is refused; cancelled if the engine stops before.</summary>
    public Task<Exception?> Outcome => outcome.Task;

    /// <summary>What the sender keeps as under way until this message is dealt with; null where there is nothing.</summary>
    public virtual string? Settles => null;

    public void Answer(Exception? refusal) => outcome.TrySetResult(refusal);

    public void Cancel() => outcome.TrySetCanceled();
}

/// <summary>Starts an instance, or starts it again after its end.</summary>
internal sealed class StartInstance(string name, string? version, string? input) : Message
{
    /// <summary>What an instance is while it has not ended: the default for what may not be replaced.</summary>
    public static readonly IReadOnlyList<string> Running =
    [
        nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running), nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    public string Name => name;

    public string? Version => version;

    public string? Input => input;

    public DateTimeOffset? StartAt { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public ParentReference? Parent { get; init; }

    /// <summary>The span that started the instance; its turns belong to that trace, however long it waits.</summary>
    public string? TraceParent { get; } = Activity.Current?.Id;

    /// <summary>The states of an existing instance that keep it from being replaced.</summary>
    public IReadOnlyList<string> KeptStatuses { get; init; } = Running;
}

internal sealed class RaiseEvent(string name, string? data, string? source = null) : Message
{
    public EventRaised Event { get; } = new(name, data, source, Activity.Current?.Id);
}

internal sealed class Suspend(string? reason) : Message
{
    public string? Reason => reason;
}

internal sealed class Resume(string? reason) : Message
{
    public string? Reason => reason;
}

internal sealed class Terminate(string? output, bool recursive) : Message
{
    public string? Output => output;

    public bool Recursive => recursive;
}

/// <summary>Deletes a finished instance.</summary>
internal sealed class Purge : Message
{
    /// <summary>Whether there was a finished instance, so that it is deleted.</summary>
    public bool Purged { get; set; }

    /// <summary>Whether the instance is finished but still has messages or activities under way.</summary>
    public bool Busy { get; set; }

    /// <summary>The sub-orchestrations that the deleted instance had started.</summary>
    public IReadOnlyList<string> Children { get; set; } = [];
}

internal sealed class ActivityFinished(PendingActivity activity, string? result, Failure? failure) : Message
{
    public PendingActivity Activity => activity;

    public string? Result => result;

    public Failure? Failure => failure;

    public override string? Settles => activity.Key;
}

internal sealed class ChildFinished(Guid executionId, int taskId, string? output, Failure? failure) : Message
{
    public Guid ExecutionId => executionId;

    public int TaskId => taskId;

    public string? Output => output;

    public Failure? Failure => failure;
}

/// <summary>A message to another instance has been stored there, or was refused for good.</summary>
internal sealed class Delivered(string messageId) : Message
{
    public string MessageId => messageId;

    public override string? Settles => messageId;
}

/// <summary>Timers may have fallen due.</summary>
internal sealed class TimersDue : Message;

/// <summary>Loads the instance, so that what it has under way is taken up.</summary>
internal sealed class Wake : Message;
