using System.Text;
using Azure;
using DurableTask.Core;
using DurableTask.Core.History;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// One orchestration instance, folded from its log: the framework's events, and beside them what is to be done for it. What is appended is
/// text and state at once, so that what is in memory is what a reload would give.
/// </summary>
internal sealed class Instance(string id, int execution = 0)
{
    // Across executions the newest are enough, because only a delivery that was under way when the host died is repeated.
    private const int CarriedSeen = 500;

    private readonly List<HistoryEvent> history = [];
    private readonly Dictionary<int, TimerCreatedEvent> timers = [];
    private readonly OrderedDictionary<string, TaskMessage> toDo = [];
    private readonly List<string> seen = [];
    private ExecutionStartedEvent? start;
    private ExecutionCompletedEvent? end;
    private bool suspended;

    public string Id => id;
    public IReadOnlyList<HistoryEvent> History => history;
    public string? CustomStatus { get; private set; }
    public bool IsFinished => end is not null;

    /// <summary>Counts the executions under this id: continued as new, or started again after the end.</summary>
    public int Execution { get; private set; } = execution;

    /// <summary>How the instance stands in the table since its last commit.</summary>
    public InstanceRow Row { get; } = new();

    /// <summary>The lines that were appended since the last commit.</summary>
    public StringBuilder Unwritten { get; } = new();

    /// <summary>The activities and messages that have not come to their end, in the order in which they were called for.</summary>
    public IReadOnlyDictionary<string, TaskMessage> ToDo => toDo;

    /// <summary>The start of an instance that is scheduled for later and has not begun.</summary>
    public (string Key, TaskMessage Message)? ScheduledStart =>
        start is null && toDo.Count > 0 ? (toDo.GetAt(0).Key, toDo.GetAt(0).Value) : null;

    /// <summary>What the instance was started with, or will be.</summary>
    public ExecutionStartedEvent Start => start ?? (ExecutionStartedEvent)ScheduledStart!.Value.Message.Event;

    public OrchestrationStatus Status => start is null ? OrchestrationStatus.Pending
        : end?.OrchestrationStatus ?? (suspended ? OrchestrationStatus.Suspended : OrchestrationStatus.Running);

    /// <summary>
    /// Whether a restart has to find this instance because something is under way that nobody else would bring to an end.
    /// </summary>
    public bool HasWork => start is not null && toDo.Count > 0;
    public DateTime? NextTimer =>
        start is null ? Start.ScheduledStartTime : timers.Count > 0 ? timers.Values.Min(timer => timer.FireAt) : null;
    public bool HasSeen(string key) => seen.Contains(key);

    /// <summary>The timers due at an instant, in the order in which they fire.</summary>
    public IReadOnlyList<TimerCreatedEvent> TimersDue(DateTime now) =>
        [.. timers.Values.Where(timer => timer.FireAt <= now).OrderBy(timer => timer.FireAt).ThenBy(timer => timer.EventId)];

    public void Happen(HistoryEvent happened) => Append('h', HistoryText.Write(happened), happened);

    /// <summary>Notes an activity to be run or a message to be delivered, under a key of 32 characters.</summary>
    public void Call(string key, TaskMessage message) => Append('+', key + HistoryText.Write(message), message);
    public void Finish(string key) => Append('-', key);

    /// <summary>Notes the key of a message that another instance sent, so that a repeated delivery is recognised.</summary>
    public void See(string key) => Append('=', key);
    public void SetStatus(string status) => Append('~', status);

    /// <summary>Takes a line of the stored log.</summary>
    public void Read(string line) => Apply(line[0], line[1..], null);

    /// <summary>Starts the next execution under this id. What the earlier one left to be done goes along.</summary>
    public void BeginExecution()
    {
        var (left, known) = (toDo.ToArray(), seen.TakeLast(CarriedSeen).ToArray());
        history.Clear();
        timers.Clear();
        toDo.Clear();
        seen.Clear();
        Unwritten.Clear();
        (start, end, suspended, CustomStatus) = (null, null, false, null);
        Execution++;
        foreach ((string key, TaskMessage message) in left)
        {
            Call(key, message);
        }

        foreach (string key in known)
        {
            See(key);
        }
    }

    public OrchestrationState Describe() => new()
    {
        OrchestrationInstance = Start.OrchestrationInstance,
        ParentInstance = Start.ParentInstance,
        Name = Start.Name,
        Version = Start.Version,
        Tags = Start.Tags,
        Input = Start.Input,
        Output = end?.FailureDetails?.ToString() ?? end?.Result,
        Status = CustomStatus,
        OrchestrationStatus = Status,
        CreatedTime = Start.Timestamp,
        CompletedTime = end?.Timestamp ?? DateTime.MaxValue,
        LastUpdatedTime = history.Count > 0 ? history[^1].Timestamp : Start.Timestamp,
        ScheduledStartTime = Start.ScheduledStartTime,
        FailureDetails = end?.FailureDetails,
    };

    private void Append(char kind, string text, object? value = null)
    {
        Unwritten.Append(kind).Append(text).Append('\n');
        Apply(kind, text, value);
    }

    private void Apply(char kind, string text, object? value)
    {
        switch (kind)
        {
            case 'h':
                Apply((HistoryEvent)(value ?? HistoryText.Read<HistoryEvent>(text)));
                break;
            case '+':
                toDo.Add(text[..32], (TaskMessage)(value ?? HistoryText.Read<TaskMessage>(text[32..])));
                break;
            case '-':
                toDo.Remove(text);
                break;
            case '=':
                seen.Add(text);
                break;
            case '~':
                CustomStatus = text;
                break;
            default:
                throw new FormatException("The log of an instance has a line of an unknown kind.");
        }
    }

    private void Apply(HistoryEvent happened)
    {
        history.Add(happened);
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
            case ExecutionSuspendedEvent or ExecutionResumedEvent:
                suspended = happened is ExecutionSuspendedEvent;
                break;
            case ExecutionCompletedEvent completed:
                end = completed;
                timers.Clear();
                break;
        }
    }
}

/// <summary>
/// What the last commit of an instance wrote: its row, the full pages of its log before the text in it, and the rows beside it.
/// </summary>
internal sealed class InstanceRow
{
    /// <summary>Default while there is no row.</summary>
    public ETag ETag { get; set; }
    public int Execution { get; set; }
    public int Pages { get; set; }
    public StringBuilder Text { get; } = new();
    public bool HasWork { get; set; }
    public DateTime? Due { get; set; }
}
