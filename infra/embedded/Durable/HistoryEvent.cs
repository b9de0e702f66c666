using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace SocialCard.Embedded.Durable;

/// <summary>One record of an instance's log. The log is the instance: everything else about it is folded from these records.</summary>
/// <remarks>
/// A turn is written as <see cref="TurnStarted"/>, then what came in (in the order in which the orchestrator's code saw it), then what
/// the code called for (in the order in which it called). Records of bookkeeping may stand anywhere; the code never sees them.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "e")]
[JsonDerivedType(typeof(TurnStarted), "turn")]
[JsonDerivedType(typeof(ExecutionStarted), "started")]
[JsonDerivedType(typeof(EventRaised), "event")]
[JsonDerivedType(typeof(TimerFired), "timerFired")]
[JsonDerivedType(typeof(TaskCompleted), "taskCompleted")]
[JsonDerivedType(typeof(TaskFailed), "taskFailed")]
[JsonDerivedType(typeof(SubOrchestrationCompleted), "subCompleted")]
[JsonDerivedType(typeof(SubOrchestrationFailed), "subFailed")]
[JsonDerivedType(typeof(ExecutionSuspended), "suspended")]
[JsonDerivedType(typeof(ExecutionResumed), "resumed")]
[JsonDerivedType(typeof(ExecutionTerminated), "terminated")]
[JsonDerivedType(typeof(TaskScheduled), "task")]
[JsonDerivedType(typeof(TimerCreated), "timer")]
[JsonDerivedType(typeof(TimerCanceled), "timerCanceled")]
[JsonDerivedType(typeof(SubOrchestrationCreated), "sub")]
[JsonDerivedType(typeof(EventSent), "sent")]
[JsonDerivedType(typeof(CustomStatusSet), "status")]
[JsonDerivedType(typeof(ExecutionCompleted), "completed")]
[JsonDerivedType(typeof(MessageDelivered), "delivered")]
[JsonDerivedType(typeof(MessageCarried), "carried")]
[JsonDerivedType(typeof(ActivityCarried), "taskCarried")]
[JsonDerivedType(typeof(CarriedActivityEnded), "taskEnded")]
[JsonDerivedType(typeof(EventsSeen), "seen")]
internal abstract record HistoryEvent;

// What comes in.
internal abstract record IncomingEvent : HistoryEvent;

internal sealed record TurnStarted(DateTimeOffset At) : HistoryEvent;

internal sealed record ExecutionStarted(
    string Name,
    string? Version,
    Guid ExecutionId,
    string? Input,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartAt = null,
    ParentReference? Parent = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    string? TraceParent = null) : IncomingEvent;

/// <summary>An event from outside; the source is the id of the other instance's message that raised it, null for a client's.</summary>
internal sealed record EventRaised(string Name, string? Data, string? Source = null, string? TraceParent = null) : IncomingEvent;

internal sealed record TimerFired(int Id) : IncomingEvent;

internal sealed record TaskCompleted(int Id, string? Result) : IncomingEvent;

internal sealed record TaskFailed(int Id, Failure Failure) : IncomingEvent;

internal sealed record SubOrchestrationCompleted(int Id, string? Result) : IncomingEvent;

internal sealed record SubOrchestrationFailed(int Id, Failure Failure) : IncomingEvent;

internal sealed record ExecutionSuspended(string? Reason) : IncomingEvent;

internal sealed record ExecutionResumed(string? Reason) : IncomingEvent;

internal sealed record ExecutionTerminated(string? Output, bool Recursive) : IncomingEvent;

// What the code calls for.
internal abstract record OrchestratorCall : HistoryEvent
{
    /// <summary>The call as a person reads it; two calls with the same text are the same call to a replay.</summary>
    public abstract override string ToString();
}

internal sealed record TaskScheduled(int Id, string Name, string? Input, string? TraceParent = null) : OrchestratorCall
{
    public override string ToString() => $"activity '{Name}' (#{Id})";
}

internal sealed record TimerCreated(int Id, DateTimeOffset FireAt) : OrchestratorCall
{
    public override string ToString() => $"timer (#{Id})";
}

internal sealed record TimerCanceled(int Id) : OrchestratorCall
{
    public override string ToString() => $"cancellation of timer (#{Id})";
}

internal sealed record SubOrchestrationCreated(int Id, string Name, string InstanceId, string? Version, string? Input) : OrchestratorCall
{
    public override string ToString() => $"sub-orchestration '{Name}' (#{Id})";
}

internal sealed record EventSent(int Id, string InstanceId, string Name, string? Data) : OrchestratorCall
{
    public override string ToString() => $"event '{Name}' to instance '{InstanceId}' (#{Id})";
}

// What became of the execution.
internal sealed record CustomStatusSet(string? Status) : HistoryEvent;

internal sealed record ExecutionCompleted(OrchestrationRuntimeStatus Status, string? Output, Failure? Failure) : HistoryEvent;

// Bookkeeping.
internal sealed record MessageDelivered(string Id) : HistoryEvent;

internal sealed record MessageCarried(OutgoingMessage Message) : HistoryEvent;

internal sealed record ActivityCarried(PendingActivity Activity) : HistoryEvent;

internal sealed record CarriedActivityEnded(string Key) : HistoryEvent;

internal sealed record EventsSeen(IReadOnlyList<string> Sources) : HistoryEvent;

/// <summary>Who waits for a sub-orchestration: the task of one execution of an instance.</summary>
internal sealed record ParentReference(string InstanceId, string Name, Guid ExecutionId, int TaskId);

/// <summary>An activity call whose result is not in the log yet.</summary>
internal sealed record PendingActivity(Guid ExecutionId, int Id, string Name, string? Input, string? TraceParent = null)
{
    [JsonIgnore]
    public string Key => $"{ExecutionId:N}/{Id}";
}

/// <summary>A failure as it is stored.</summary>
internal sealed record Failure(string Type, string Message, string? Stack = null, Failure? Inner = null)
{
    public static Failure From(Exception exception) => new(
        exception.GetType().ToString(),
        exception.Message,
        exception.StackTrace,
        exception switch
        {
            { InnerException: { } inner } => From(inner),
            TaskFailedException failed => From(failed.FailureDetails),
            _ => null,
        });

    public static Failure From(TaskFailureDetails details) => new(
        details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? From(inner) : null);

    public TaskFailureDetails ToDetails() => new(Type, Message, Stack, Inner?.ToDetails(), null);
}

/// <summary>What one instance has to tell another one. Ids are deterministic, so that a repeated delivery is recognised.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "m")]
[JsonDerivedType(typeof(ChildStart), "start")]
[JsonDerivedType(typeof(ChildReport), "report")]
[JsonDerivedType(typeof(ChildTermination), "terminate")]
[JsonDerivedType(typeof(EventDelivery), "event")]
internal abstract record OutgoingMessage(string Id, string Target);

internal sealed record ChildStart(string Id, string Target, string Name, string? Version, string? Input, ParentReference Parent)
    : OutgoingMessage(Id, Target);

internal sealed record ChildReport(string Id, string Target, Guid ExecutionId, int TaskId, string? Output, Failure? Failure)
    : OutgoingMessage(Id, Target);

internal sealed record ChildTermination(string Id, string Target, string? Output) : OutgoingMessage(Id, Target);

internal sealed record EventDelivery(string Id, string Target, string Name, string? Data) : OutgoingMessage(Id, Target);
