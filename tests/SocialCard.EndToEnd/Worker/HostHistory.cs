using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;
using Enum = System.Enum;

namespace SocialCard.EndToEnd.Worker;

/// <summary>A recorded history of a workflow, in the form in which the Durable extension of the host hands it to the worker.</summary>
internal sealed class HostHistory
{
    private const string Prefix = "Histories/";

    // The worker makes one timer after another of a longer wait.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    private readonly List<Turn> turns = [];

    // By the numbers of the record: what was called for, and until when its open timers wait.
    private readonly Dictionary<int, HistoryEvent> calls = [];
    private readonly Dictionary<int, DateTimeOffset> waits = [];

    private HostHistory(string instanceId) => InstanceId = instanceId;

    /// <summary>The recorded histories.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(HostHistory).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    public string InstanceId { get; }

    public string Orchestration => turns[0].CameIn.Select(one => one.ExecutionStarted).Single(start => start is not null).Name;

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
            history.Add(JsonNode.Parse(line)!);
        }

        return history;
    }

    /// <summary>A workflow that the app has just started.</summary>
    public static HostHistory Of(CreateInstanceRequest started, DateTimeOffset now)
    {
        var history = new HostHistory(started.InstanceId);
        history.Add(now);
        history.Start(started.Name, started.Version, started.Input, Guid.NewGuid().ToString());
        return history;
    }

    /// <summary>That a timer fires.</summary>
    public static HistoryEvent FiringOf(HistoryEvent timer) =>
        new() { TimerFired = new() { TimerId = timer.EventId, FireAt = timer.TimerCreated.FireAt } };

    /// <summary>Notes what the last turn called for.</summary>
    public HistoryEvent CallFor(OrchestratorAction action) => CallFor(action switch
    {
        { CreateTimer: { } timer } => new HistoryEvent { TimerCreated = new() { FireAt = timer.FireAt } },
        { ScheduleTask: { } task } => new HistoryEvent { TaskScheduled = new() { Name = task.Name, Input = task.Input } },
        _ => throw new NotSupportedException($"Nothing follows {action}."),
    });

    /// <summary>Begins a turn that nobody recorded.</summary>
    public void Add(DateTimeOffset at, params IEnumerable<HistoryEvent> cameIn) =>
        turns.Add(new([Incoming(new() { OrchestratorStarted = new(), Timestamp = at.ToTimestamp() }), .. cameIn.Select(Incoming)], []));

    /// <summary>Forgets what was recorded after the first turns.</summary>
    public void CutAfter(int count) => turns.RemoveRange(count, turns.Count - count);

    /// <summary>What the worker is asked: to take one turn, given all those before.</summary>
    public TypedData RequestOf(int turn)
    {
        var request = new OrchestratorRequest { InstanceId = InstanceId };
        foreach (var past in turns.Take(turn))
        {
            request.PastEvents.Add([.. past.CameIn, .. past.CalledFor, Incoming(new() { OrchestratorCompleted = new() })]);
        }

        request.NewEvents.Add(turns[turn].CameIn);
        return new() { String = Convert.ToBase64String(request.ToByteArray()) };
    }

    private static HistoryEvent Incoming(HistoryEvent one)
    {
        one.EventId = -1;
        one.Timestamp ??= new Timestamp();
        return one;
    }

    private static DateTimeOffset TimeOf(JsonNode record, string field) =>
        DateTimeOffset.Parse((string)record[field]!, CultureInfo.InvariantCulture);

    private void Add(JsonNode record)
    {
        var id = (int?)record["Id"] ?? -1;
        switch ((string)record["e"]!)
        {
            case "turn":
                WaitUntil(TimeOf(record, "At"));
                Add(TimeOf(record, "At"));
                break;
            case "started":
                Start((string)record["Name"]!, (string?)record["Version"], (string?)record["Input"], (string)record["ExecutionId"]!);
                break;
            case "event":
                CameIn(new() { EventRaised = new() { Name = (string)record["Name"]!, Input = (string?)record["Data"] } });
                break;
            case "taskCompleted":
                CameIn(new() { TaskCompleted = new() { TaskScheduledId = calls[id].EventId, Result = (string?)record["Result"] } });
                break;
            case "timerFired":
                CameIn(FiringOf(calls[id]));
                waits.Remove(id);
                break;
            case "task":
                var task = new TaskScheduledEvent { Name = (string)record["Name"]!, Input = (string?)record["Input"] };
                calls[id] = CallFor(new HistoryEvent { TaskScheduled = task });
                break;
            case "timer":
                waits[id] = TimeOf(record, "FireAt");
                calls[id] = CallForTimer(TimeOf(record, "FireAt"));
                break;
            case "completed":
                var status = Enum.Parse<OrchestrationStatus>((string)record["Status"]!);
                CallFor(new HistoryEvent { ExecutionCompleted = new() { OrchestrationStatus = status } });
                break;
            case "timerCanceled":
                // The framework keeps no record of it: the timer fires, and nobody waits.
                waits.Remove(id);
                break;
            case var other:
                throw new NotSupportedException($"A record '{other}' has no counterpart here yet.");
        }

    }

    private void Start(string name, string? version, string? input, string executionId)
    {
        var instance = new OrchestrationInstance { InstanceId = InstanceId, ExecutionId = executionId };
        CameIn(new() { ExecutionStarted = new() { Name = name, Version = version, Input = input, OrchestrationInstance = instance } });
    }

    private void CameIn(HistoryEvent one) => turns[^1].CameIn.Add(Incoming(one));

    // Lets the parts of a longer wait pass, each in a turn of its own.
    private void WaitUntil(DateTimeOffset now)
    {
        foreach (var (id, due) in waits)
        {
            while (calls[id].TimerCreated.FireAt.ToDateTimeOffset() is var part && part < due && part <= now)
            {
                Add(part, FiringOf(calls[id]));
                calls[id] = CallForTimer(due);
            }
        }
    }

    private HistoryEvent CallForTimer(DateTimeOffset due)
    {
        var last = turns[^1].CameIn[0].Timestamp.ToDateTimeOffset() + LongestTimer;
        return CallFor(new HistoryEvent { TimerCreated = new() { FireAt = (due < last ? due : last).ToTimestamp() } });
    }

    private HistoryEvent CallFor(HistoryEvent call)
    {
        (call.EventId, call.Timestamp) = (turns.Sum(turn => turn.CalledFor.Count), turns[^1].CameIn[0].Timestamp);
        turns[^1].CalledFor.Add(call);
        return call;
    }

    /// <summary>One turn.</summary>
    /// <param name="CameIn">What the orchestrator was given.</param>
    /// <param name="CalledFor">What it called for then.</param>
    public sealed record Turn(List<HistoryEvent> CameIn, List<HistoryEvent> CalledFor);
}
