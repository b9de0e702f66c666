using DurableTask.Core;
using DurableTask.Core.History;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// One orchestration instance, folded from its log. <see cref="Append"/> is the only way to change it, so that what is in memory is what a
/// reload would give.
/// </summary>
internal sealed class Instance(string id, int execution = 0)
{
    // Across executions the newest are enough, because only a delivery that was under way when the host died is repeated.
    private const int CarriedSeen = 500;

    private readonly List<HistoryEvent> history = [];
    private readonly Dictionary<int, TimerCreatedEvent> timers = [];
    private readonly OrderedDictionary<string, TaskMessage> toDo = [];
    private readonly List<string> seen = [];
    private readonly List<string> unwritten = [];
    private ExecutionStartedEvent? start;
    private ExecutionCompletedEvent? end;
    private bool suspended;

    public string Id => id;

    /// <summary>Counts the executions under this id: continued as new, or started again after the end.</summary>
    public int Execution { get; private set; } = execution;

    public InstanceRow Row { get; init; } = new();

    public IReadOnlyList<HistoryEvent> History => history;

    /// <summary>What the instance was started with; of one that is scheduled for later, what it will be started with.</summary>
    public ExecutionStartedEvent? Start => start ?? (ScheduledStart is { } later ? (ExecutionStartedEvent)later.Value.Event : null);

    /// <summary>The start of an instance that is scheduled for later and has not begun.</summary>
    public KeyValuePair<string, TaskMessage>? ScheduledStart => start is null
        ? toDo.Select(item => (KeyValuePair<string, TaskMessage>?)item).FirstOrDefault(item => item!.Value.Value.Event is ExecutionStartedEvent)
        : null;

    public OrchestrationStatus Status => start is null ? OrchestrationStatus.Pending
        : end?.OrchestrationStatus ?? (suspended ? OrchestrationStatus.Suspended : OrchestrationStatus.Running);

    public bool IsFinished => end is not null;

    public string? CustomStatus { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>The activities and messages that have not come to their end, in the order in which they were called for.</summary>
    public IReadOnlyDictionary<string, TaskMessage> ToDo => toDo;

    /// <summary>Whether a restart has to find this instance because something is under way that nobody else would bring to an end.</summary>
    public bool HasWork => start is not null && toDo.Count > 0;

    /// <summary>The lines that were appended since the last commit.</summary>
    public List<string> Unwritten => unwritten;

    public DateTime? NextTimer => ScheduledStart is { Value.Event: ExecutionStartedEvent later } ? later.ScheduledStartTime
        : timers.Count > 0 ? timers.Values.Min(timer => timer.FireAt) : null;

    public bool HasSeen(string key) => seen.Contains(key);

    /// <summary>The timers due at an instant, in the order in which they fire.</summary>
    public IEnumerable<TimerCreatedEvent> TimersDue(DateTime now) =>
        timers.Values.Where(timer => timer.FireAt <= now).OrderBy(timer => timer.FireAt).ThenBy(timer => timer.EventId);

    public void Append(LogEntry entry)
    {
        unwritten.Add(entry.Write());
        Apply(entry);
    }

    /// <summary>Starts the next execution under this id. What the earlier one left to be done goes along.</summary>
    public void BeginExecution()
    {
        KeyValuePair<string, TaskMessage>[] left = [.. toDo];
        string[] known = [.. seen.TakeLast(CarriedSeen)];
        history.Clear();
        timers.Clear();
        toDo.Clear();
        seen.Clear();
        unwritten.Clear();
        (start, end, suspended, CustomStatus) = (null, null, false, null);
        Execution++;
        foreach ((string key, TaskMessage message) in left)
            Append(new ToDo(key, message));
        foreach (string key in known)
            Append(new Seen(key));
    }

    public void Apply(LogEntry entry)
    {
        switch (entry)
        {
            case Happened { Event: var happened }:
                history.Add(happened);
                UpdatedAt = happened.Timestamp;
                Apply(happened);
                break;
            case ToDo item:
                toDo.Add(item.Key, item.Message);
                break;
            case Done item:
                toDo.Remove(item.Key);
                break;
            case Seen item:
                seen.Add(item.Key);
                break;
            case StatusSet item:
                CustomStatus = item.Status;
                break;
        }
    }

    public OrchestrationState Describe() => new()
    {
        OrchestrationInstance = Start!.OrchestrationInstance,
        ParentInstance = Start.ParentInstance,
        Name = Start.Name,
        Version = Start.Version,
        Tags = Start.Tags,
        Input = Start.Input,
        Output = end?.Result,
        Status = CustomStatus,
        OrchestrationStatus = Status,
        CreatedTime = Start.Timestamp,
        CompletedTime = end?.Timestamp ?? DateTime.MaxValue,
        LastUpdatedTime = start is null ? Start.Timestamp : UpdatedAt,
        ScheduledStartTime = Start.ScheduledStartTime,
        FailureDetails = end?.FailureDetails,
    };

    private void Apply(HistoryEvent happened)
    {
        switch (happened)
        {
            case ExecutionStartedEvent started:
                start = started;
                break;
            case TimerCreatedEvent timer:
                timers.Add(timer.EventId, timer);
                break;
            case TimerFiredEvent fired:
                timers.Remove(fired.TimerId);
                break;
            case ExecutionSuspendedEvent:
                suspended = true;
                break;
            case ExecutionResumedEvent:
                suspended = false;
                break;
            case ExecutionCompletedEvent completed:
                end = completed;
                timers.Clear();
                break;
        }
    }
}
