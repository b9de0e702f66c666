using DurableTask.Core.History;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SocialCard.Embedded.Durable.Embedded;
using Proto = Microsoft.DurableTask.Protobuf;

namespace SocialCard.EndToEnd.Worker;

/// <summary>
/// What an execution of a workflow has left in the Functions host, which keeps it in the framework's Azure Storage provider and hands it to
/// the worker in an encoding of its own.
/// </summary>
internal sealed class HostHistory
{
    private const string Prefix = "Histories/";

    private readonly List<Turn> turns = [];

    private HostHistory()
    {
    }

    /// <summary>The recorded histories of every version.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(HostHistory).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    public ExecutionStartedEvent Start => turns[0].CameIn.OfType<ExecutionStartedEvent>().Single();

    public IReadOnlyList<Turn> Turns => turns;

    /// <summary>The timer that the workflow waits for after its last turn; null if it waits for none.</summary>
    public TimerCreatedEvent? OpenTimer => turns[^1].CalledFor.OfType<TimerCreatedEvent>().SingleOrDefault();

    public static HostHistory Read(string name)
    {
        using var stream = typeof(HostHistory).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        var history = new HostHistory();
        foreach (var happened in HistoryText.Read<List<HistoryEvent>>(reader.ReadToEnd()))
        {
            if (happened is OrchestratorStartedEvent)
            {
                history.turns.Add(new([]));
            }

            history.turns[^1].Events.Add(happened);
        }

        return history;
    }

    /// <summary>A workflow that the app has just started.</summary>
    public static HostHistory Of(Proto.CreateInstanceRequest started, DateTime now)
    {
        var history = new HostHistory();
        history.Begin(now, new ExecutionStartedEvent(-1, started.Input)
        {
            Name = started.Name,
            Version = started.Version,
            OrchestrationInstance = new() { InstanceId = started.InstanceId, ExecutionId = Guid.NewGuid().ToString() },
        });
        return history;
    }

    /// <summary>Begins a turn.</summary>
    public void Begin(DateTime at, HistoryEvent cameIn)
    {
        cameIn.Timestamp = at;
        turns.Add(new([new OrchestratorStartedEvent(-1) { Timestamp = at }, cameIn]));
    }

    /// <summary>Begins a turn in which a timer fires on time.</summary>
    public void Fire(TimerCreatedEvent timer) =>
        Begin(timer.FireAt, new TimerFiredEvent(-1, timer.FireAt) { TimerId = timer.EventId });

    /// <summary>Notes an activity that the last turn called for.</summary>
    public TaskScheduledEvent CallFor(int id, Proto.ScheduleTaskAction task) =>
        Note(new TaskScheduledEvent(id, task.Name, task.Version, task.Input));

    /// <summary>Notes a timer that the last turn called for.</summary>
    public TimerCreatedEvent CallFor(int id, Proto.CreateTimerAction timer) => Note(new TimerCreatedEvent(id, timer.FireAt.ToDateTime()));

    /// <summary>Forgets what came after the first turns.</summary>
    public void CutAfter(int count) => turns.RemoveRange(count, turns.Count - count);

    /// <summary>What the worker is asked: to take one turn, given all those before.</summary>
    public TypedData RequestOf(int turn)
    {
        var request = new Proto.OrchestratorRequest { InstanceId = Start.OrchestrationInstance.InstanceId };
        request.PastEvents.Add(turns.Take(turn).SelectMany(past => past.Events).Select(Encoded));
        request.NewEvents.Add(turns[turn].CameIn.Select(Encoded));
        return new() { String = Convert.ToBase64String(request.ToByteArray()) };
    }

    private T Note<T>(T call)
        where T : HistoryEvent
    {
        call.Timestamp = turns[^1].Events[0].Timestamp;
        turns[^1].Events.Add(call);
        return call;
    }

    private static Proto.HistoryEvent Encoded(HistoryEvent happened)
    {
        var encoded = happened switch
        {
            OrchestratorStartedEvent => new Proto.HistoryEvent { OrchestratorStarted = new() },
            OrchestratorCompletedEvent => new() { OrchestratorCompleted = new() },
            ExecutionStartedEvent start => new() { ExecutionStarted = Encoded(start) },
            TaskScheduledEvent task => new() { TaskScheduled = new() { Name = task.Name, Version = task.Version, Input = task.Input } },
            TaskCompletedEvent task => new() { TaskCompleted = new() { TaskScheduledId = task.TaskScheduledId, Result = task.Result } },
            TaskFailedEvent task => new() { TaskFailed = Encoded(task) },
            TimerCreatedEvent timer => new() { TimerCreated = new() { FireAt = timer.FireAt.ToTimestamp() } },
            TimerFiredEvent timer => new() { TimerFired = new() { TimerId = timer.TimerId, FireAt = timer.FireAt.ToTimestamp() } },
            EventRaisedEvent raised => new() { EventRaised = new() { Name = raised.Name, Input = raised.Input } },
            _ => throw new NotSupportedException($"No worker is given {happened.EventType} here."),
        };
        (encoded.EventId, encoded.Timestamp) = (happened.EventId, happened.Timestamp.ToTimestamp());
        return encoded;
    }

    private static Proto.ExecutionStartedEvent Encoded(ExecutionStartedEvent start) => new()
    {
        Name = start.Name,
        Version = start.Version,
        Input = start.Input,
        OrchestrationInstance = new()
        {
            InstanceId = start.OrchestrationInstance.InstanceId,
            ExecutionId = start.OrchestrationInstance.ExecutionId,
        },
    };

    private static Proto.TaskFailedEvent Encoded(TaskFailedEvent task) => new()
    {
        TaskScheduledId = task.TaskScheduledId,
        FailureDetails = new() { ErrorType = task.FailureDetails!.ErrorType, ErrorMessage = task.FailureDetails.ErrorMessage },
    };

    /// <summary>One turn.</summary>
    public sealed record Turn(List<HistoryEvent> Events)
    {
        /// <summary>What the orchestrator was given.</summary>
        public IEnumerable<HistoryEvent> CameIn => Events.Where(one => !IsCall(one) && one is not OrchestratorCompletedEvent);

        /// <summary>What it called for then.</summary>
        public IEnumerable<HistoryEvent> CalledFor => Events.Where(IsCall);

        private static bool IsCall(HistoryEvent one) => one is TaskScheduledEvent or TimerCreatedEvent or ExecutionCompletedEvent;
    }
}
