using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;

namespace SocialCard.EndToEnd.Worker;

/// <summary>
/// What an execution of a workflow has left in the Functions host: the instance in the first line, then an event of the host's own kind a
/// line. A release must go on with whatever its predecessors left.
/// </summary>
internal sealed class HostHistory
{
    private const string Prefix = "Histories/";

    private readonly List<Turn> turns = [];

    private HostHistory(string instanceId) => InstanceId = instanceId;

    /// <summary>The histories of version 1.0 and of later ones.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(HostHistory).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    public string InstanceId { get; }

    public ExecutionStartedEvent Start => turns[0].CameIn.Single(one => one.ExecutionStarted is not null).ExecutionStarted;

    public IReadOnlyList<Turn> Turns => turns;

    /// <summary>The timer that the workflow waits for after its last turn; null if it waits for none.</summary>
    public HistoryEvent? OpenTimer => turns[^1].CalledFor.SingleOrDefault(call => call.TimerCreated is not null);

    public static HostHistory Read(string name)
    {
        using var stream = typeof(HostHistory).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        var history = new HostHistory(reader.ReadLine()!);
        while (reader.ReadLine() is { } line)
        {
            var one = HistoryEvent.Parser.ParseJson(line);
            if (one.OrchestratorStarted is not null)
            {
                history.turns.Add(new([]));
            }

            history.turns[^1].Events.Add(one);
        }

        return history;
    }

    /// <summary>A workflow that the app has just started.</summary>
    public static HostHistory Of(CreateInstanceRequest started, DateTimeOffset now)
    {
        var history = new HostHistory(started.InstanceId);
        var start = new ExecutionStartedEvent { Name = started.Name, Version = started.Version, Input = started.Input };
        start.OrchestrationInstance = new() { InstanceId = started.InstanceId, ExecutionId = Guid.NewGuid().ToString() };
        history.Begin(now, new() { ExecutionStarted = start });
        return history;
    }

    /// <summary>Begins a turn.</summary>
    public void Begin(DateTimeOffset at, HistoryEvent cameIn)
    {
        var started = new HistoryEvent { OrchestratorStarted = new(), EventId = -1, Timestamp = at.ToTimestamp() };
        (cameIn.EventId, cameIn.Timestamp) = (-1, started.Timestamp);
        turns.Add(new([started, cameIn]));
    }

    /// <summary>Begins a turn in which a timer fires on time.</summary>
    public void Fire(HistoryEvent timer)
    {
        var due = timer.TimerCreated.FireAt;
        Begin(due.ToDateTimeOffset(), new() { TimerFired = new() { TimerId = timer.EventId, FireAt = due } });
    }

    /// <summary>Notes what the last turn called for.</summary>
    public HistoryEvent CallFor(OrchestratorAction action)
    {
        var call = action switch
        {
            { ScheduleTask: { } task } => new HistoryEvent { TaskScheduled = new() { Name = task.Name, Input = task.Input } },
            { CreateTimer: { } timer } => new HistoryEvent { TimerCreated = new() { FireAt = timer.FireAt } },
            _ => throw new NotSupportedException($"Nothing follows {action}."),
        };
        (call.EventId, call.Timestamp) = (action.Id, turns[^1].Events[0].Timestamp);
        turns[^1].Events.Add(call);
        return call;
    }

    /// <summary>Forgets what came after the first turns.</summary>
    public void CutAfter(int count) => turns.RemoveRange(count, turns.Count - count);

    /// <summary>What the worker is asked: to take one turn, given all those before.</summary>
    public TypedData RequestOf(int turn)
    {
        var request = new OrchestratorRequest { InstanceId = InstanceId };
        request.PastEvents.Add(turns.Take(turn).SelectMany(past => past.Events));
        request.NewEvents.Add(turns[turn].CameIn);
        return new() { String = Convert.ToBase64String(request.ToByteArray()) };
    }

    /// <summary>One turn.</summary>
    public sealed record Turn(List<HistoryEvent> Events)
    {
        /// <summary>What the orchestrator was given.</summary>
        public IEnumerable<HistoryEvent> CameIn => Events.Where(one => !IsCall(one) && one.OrchestratorCompleted is null);

        /// <summary>What it called for then.</summary>
        public IEnumerable<HistoryEvent> CalledFor => Events.Where(IsCall);

        private static bool IsCall(HistoryEvent one) =>
            one is { TaskScheduled: not null } or { TimerCreated: not null } or { ExecutionCompleted: not null };
    }
}
