using System.Collections.Immutable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// One orchestration instance, folded from its log. <see cref="Append"/> is the only way to change it, so that what is in memory is
/// what a reload would give.
/// </summary>
internal sealed class Instance(string id, int execution = 1)
{
    /// <summary>The task id of the timer that starts an instance scheduled for later.</summary>
    public const int StartTimer = 0;

    // An event that was delivered twice is recognised by its source; across executions the newest sources are enough, because only a
    // delivery that was under way when the host died is repeated.
    private const int CarriedSources = 500;

    private readonly List<HistoryEvent> history = [];
    private readonly Dictionary<int, DateTimeOffset> timers = [];
    private readonly Dictionary<string, PendingActivity> activities = [];
    private readonly Dictionary<int, string> children = [];
    private readonly List<OutgoingMessage> outbox = [];
    private readonly List<string> sources = [];
    private ExecutionStarted? start;
    private OrchestrationRuntimeStatus? end;

    public string Id => id;

    /// <summary>Counts the executions under this id: continued as new, or started again after the end.</summary>
    public int Execution { get; private set; } = execution;

    public InstanceRow Row { get; init; } = new();

    public IReadOnlyList<HistoryEvent> History => history;

    public ExecutionStarted Start => start ?? throw new InvalidOperationException($"Instance '{id}' has not been started.");

    public OrchestrationRuntimeStatus Status
        => end ?? (IsSuspended ? OrchestrationRuntimeStatus.Suspended
            : timers.ContainsKey(StartTimer) ? OrchestrationRuntimeStatus.Pending
            : OrchestrationRuntimeStatus.Running);

    public bool IsFinished => end is not null;

    public bool IsSuspended { get; private set; }

    /// <summary>Whether the code has to wait: the instance is suspended, or its start time has not come.</summary>
    public bool IsHeld => IsSuspended || timers.ContainsKey(StartTimer);

    public DateTimeOffset UpdatedAt { get; private set; }

    public string? Output { get; private set; }

    public Failure? Failure { get; private set; }

    public string? CustomStatus { get; private set; }

    public IEnumerable<PendingActivity> Activities => activities.Values;

    public IReadOnlyList<OutgoingMessage> Outbox => outbox;

    /// <summary>The ids of the sub-orchestrations that this execution started and that have not reported yet.</summary>
    public IEnumerable<string> Children => children.Values;

    /// <summary>Whether a restart has to find this instance because something is under way that nobody else would bring to an end.</summary>
    public bool HasWork => activities.Count > 0 || outbox.Count > 0;

    public DateTimeOffset? NextTimer => timers.Count == 0 ? null : timers.Values.Min();

    public bool IsPending(int taskId) => children.ContainsKey(taskId);

    public bool IsPending(string activityKey) => activities.ContainsKey(activityKey);

    public bool HasSeen(string source) => sources.Contains(source);

    /// <summary>The timers due at an instant, in the order in which they fire.</summary>
    public IReadOnlyList<int> TimersDue(DateTimeOffset now)
        => [.. timers.Where(timer => timer.Value <= now).OrderBy(timer => timer.Value).ThenBy(timer => timer.Key).Select(timer => timer.Key)];

    public string KeyOf(int taskId) => $"{Start.ExecutionId:N}/{taskId}";

    public void Append(HistoryEvent record)
    {
        history.Add(record);
        Apply(record);
    }

    /// <summary>Starts the next execution under this id. What the earlier one left to be done (messages, activities) goes along.</summary>
    public void BeginExecution(DateTimeOffset now, ExecutionStarted next, IReadOnlyList<EventRaised> events)
    {
        OutgoingMessage[] messages = [.. outbox];
        PendingActivity[] running = [.. activities.Values];
        string[] seen = [.. sources.TakeLast(CarriedSources)];
        string? status = IsFinished ? null : CustomStatus;

        history.Clear();
        timers.Clear();
        activities.Clear();
        children.Clear();
        outbox.Clear();
        sources.Clear();
        (end, Output, Failure, CustomStatus, IsSuspended) = (null, null, null, null, false);
        if (start is not null)
            Execution++;

        Append(new TurnStarted(now));
        Append(next);
        foreach (OutgoingMessage message in messages)
            Append(new MessageCarried(message));
        foreach (PendingActivity activity in running)
            Append(new ActivityCarried(activity));
        if (seen.Length > 0)
            Append(new EventsSeen(seen));
        if (status is not null)
            Append(new CustomStatusSet(status));
        foreach (EventRaised raised in events)
            Append(raised with { Source = null });
    }

    public OrchestrationMetadata Describe(bool withData, DataConverter converter) => new(Start.Name, id)
    {
        DataConverter = withData ? converter : null,
        RuntimeStatus = Status,
        CreatedAt = Start.CreatedAt,
        LastUpdatedAt = UpdatedAt,
        SerializedInput = withData ? Start.Input : null,
        SerializedOutput = withData ? Output : null,
        SerializedCustomStatus = withData ? CustomStatus : null,
        FailureDetails = Failure?.ToDetails(),
        Tags = Start.Tags ?? ImmutableDictionary<string, string>.Empty,
    };

    private void Apply(HistoryEvent record)
    {
        switch (record)
        {
            case TurnStarted turn:
                UpdatedAt = turn.At;
                break;
            case ExecutionStarted started:
                start = started;
                if (started.StartAt is { } startAt)
                    timers.Add(StartTimer, startAt);
                break;
            case EventRaised { Source: { } source }:
                sources.Add(source);
                break;
            case EventsSeen seen:
                sources.AddRange(seen.Sources);
                break;
            case TimerFired fired:
                timers.Remove(fired.Id);
                break;
            case TimerCreated timer:
                timers.Add(timer.Id, timer.FireAt);
                break;
            case TimerCanceled canceled:
                timers.Remove(canceled.Id);
                break;
            case TaskScheduled task:
                Keep(new(Start.ExecutionId, task.Id, task.Name, task.Input, task.TraceParent));
                break;
            case ActivityCarried carried:
                Keep(carried.Activity);
                break;
            case TaskCompleted completed:
                activities.Remove(KeyOf(completed.Id));
                break;
            case TaskFailed failed:
                activities.Remove(KeyOf(failed.Id));
                break;
            case CarriedActivityEnded ended:
                activities.Remove(ended.Key);
                break;
            case SubOrchestrationCreated child:
                children.Add(child.Id, child.InstanceId);
                ParentReference self = new(id, Start.Name, Start.ExecutionId, child.Id);
                outbox.Add(new ChildStart(KeyOf(child.Id), child.InstanceId, child.Name, child.Version, child.Input, self));
                break;
            case SubOrchestrationCompleted completed:
                children.Remove(completed.Id);
                break;
            case SubOrchestrationFailed failed:
                children.Remove(failed.Id);
                break;
            case EventSent sent:
                outbox.Add(new EventDelivery(KeyOf(sent.Id), sent.InstanceId, sent.Name, sent.Data));
                break;
            case MessageCarried carried:
                outbox.Add(carried.Message);
                break;
            case MessageDelivered delivered:
                outbox.RemoveAll(message => message.Id == delivered.Id);
                break;
            case ExecutionSuspended:
                IsSuspended = true;
                break;
            case ExecutionResumed:
                IsSuspended = false;
                break;
            case CustomStatusSet custom:
                CustomStatus = custom.Status;
                break;
            case ExecutionTerminated terminated:
                if (terminated.Recursive)
                    outbox.AddRange(children.Select(child => new ChildTermination($"{KeyOf(child.Key)}/end", child.Value, terminated.Output)));
                activities.Clear();
                End(OrchestrationRuntimeStatus.Terminated, terminated.Output, new("Terminated", $"Instance '{id}' was terminated."));
                Failure = null;
                break;
            case ExecutionCompleted completed:
                End(completed.Status, completed.Output, completed.Failure);
                break;
        }
    }

    private void Keep(PendingActivity activity) => activities.Add(activity.Key, activity);

    private void End(OrchestrationRuntimeStatus status, string? output, Failure? failure)
    {
        (end, Output, Failure) = (status, output, failure);
        timers.Clear();
        if (Start.Parent is { } parent)
            outbox.Add(new ChildReport($"{Start.ExecutionId:N}/report", parent.InstanceId, parent.ExecutionId, parent.TaskId, output, failure));
    }
}
