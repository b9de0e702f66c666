using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// One turn of an instance: what its arrivals mean to it, and then what the framework has made of them. Works on memory only; what it
/// appended to the instance counts once it is stored.
/// </summary>
internal sealed class InstanceTurn : TaskOrchestrationWorkItem
{
    private readonly List<(Arrival Arrival, Exception? Refusal)> verdicts = [];
    private readonly List<Action<Instance>> notes = [];
    private readonly DateTime now;
    private bool begins;

    public InstanceTurn(InstanceActor actor, IReadOnlyList<Arrival> arrivals, DateTime now)
    {
        this.now = now;
        (Actor, Arrivals) = (actor, arrivals);
        InstanceId = actor.Id;
        NewMessages = [];
        LockedUntilUtc = DateTime.MaxValue;
        DueBefore = actor.Instance?.Row.Due;
        Accept();
        OrchestrationRuntimeState = begins ? new() : new([.. actor.Instance?.History ?? []]) { Status = actor.Instance?.CustomStatus };
    }

    public InstanceActor Actor { get; }
    public IReadOnlyList<Arrival> Arrivals { get; }
    public DateTime? DueBefore { get; }
    public IReadOnlyList<(Arrival Arrival, Exception? Refusal)> Verdicts => verdicts;

    /// <summary>The arrivals that can only be judged after this turn is stored.</summary>
    public IReadOnlyList<Arrival> Deferred => [.. Arrivals.Skip(verdicts.Count)];

    public int TimersFired { get; private set; }
    public bool Deletes { get; private set; }
    public bool NeedsCode => NewMessages.Count > 0;

    /// <summary>
    /// Whether there is something to store without the code. That a message has arrived may wait, unless it was the last under way.
    /// </summary>
    public bool Changes => Deletes || (Actor.Instance is { } instance && (begins || instance.HasWork != instance.Row.HasWork));

    public bool Stored { get; set; }

    /// <summary>Why it could not be stored.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Appends what the arrivals alone change.</summary>
    public void Append()
    {
        if (begins)
        {
            (Actor.Instance ??= new(InstanceId)).BeginExecution();
        }

        notes.ForEach(note => note(Actor.Instance!));
    }

    /// <summary>Appends what the framework has made of the turn.</summary>
    public void Append(OrchestrationRuntimeState state, IEnumerable<TaskMessage> activities, IEnumerable<TaskMessage> messages)
    {
        // A chain of executions in one turn leaves the last one's history; what the others called for is in the messages.
        bool continued = !begins && state.OrchestrationInstance!.ExecutionId != Actor.Instance!.Start.OrchestrationInstance.ExecutionId;
        Append();
        Instance instance = Actor.Instance!;
        if (continued)
        {
            instance.BeginExecution();
        }

        DateTime at = now;
        foreach (HistoryEvent happened in state.NewEvents)
        {
            // The code has seen the time of the turn; the dispatcher stamps what the turn calls for with the machine's.
            if (happened is OrchestratorStartedEvent)
            {
                at = happened.Timestamp;
            }

            happened.Timestamp = at;
            instance.Happen(happened);
        }

        foreach (TaskMessage message in activities.Concat(messages))
        {
            instance.Call(Guid.NewGuid().ToString("N"), message);
        }

        if (state.Status is { } status && status != instance.CustomStatus)
        {
            instance.SetStatus(status);
        }
    }

    private void Accept()
    {
        foreach (Arrival arrival in Arrivals.TakeWhile(arrival =>
            !Deletes && (!begins || NeedsCode) && !(NeedsCode && (arrival.Purges || arrival.Message?.Event is ExecutionStartedEvent))))
        {
            verdicts.Add((arrival, Judge(arrival)));
        }

        if (Actor.Instance is not { IsFinished: false } instance || begins)
        {
            return;
        }

        if (instance.ScheduledStart is { } later && instance.Start.ScheduledStartTime <= now)
        {
            notes.Add(noted => noted.Finish(later.Key));
            NewMessages.Add(later.Message);
            TimersFired++;
        }

        foreach (TimerCreatedEvent timer in instance.TimersDue(now))
        {
            TimerFiredEvent fired = new(-1) { TimerId = timer.EventId, FireAt = timer.FireAt };
            NewMessages.Add(new() { OrchestrationInstance = instance.Start.OrchestrationInstance, Event = fired });
            TimersFired++;
        }
    }

    private InvalidOperationException? Judge(Arrival arrival)
    {
        if (arrival.Purges)
        {
            Deletes = Actor.Instance is { IsFinished: true, HasWork: false };
            return null;
        }

        if (arrival.Done is { } done && Actor.Instance?.ToDo.ContainsKey(done) == true)
        {
            notes.Add(instance => instance.Finish(done));
        }

        if (arrival.Message is not { } message || (arrival.Key is { } key && Actor.Instance?.HasSeen(key) == true))
        {
            return null;
        }

        InvalidOperationException? refusal = message.Event is ExecutionStartedEvent start ? Begin(arrival, start) : Take(message);
        if (refusal is null && arrival.Key is { } source)
        {
            notes.Add(instance => instance.See(source));
        }

        return refusal;
    }

    private InvalidOperationException? Begin(Arrival arrival, ExecutionStartedEvent start)
    {
        if (!InstanceKeys.CanName(InstanceId))
        {
            return new($"The id of an orchestration instance may not be as long as '{InstanceId}'.");
        }

        if (Actor.Instance is { } existing && arrival.Kept.Contains(existing.Status))
        {
            return new OrchestrationAlreadyExistsException(
                $"Orchestration instance '{InstanceId}' already exists and is {existing.Status}; it is not replaced.");
        }

        begins = true;
        start.Timestamp = now;
        if (start.ScheduledStartTime > now)
        {
            Hold(arrival.Message!);
        }
        else
        {
            NewMessages.Add(arrival.Message!);
        }

        return null;
    }

    private InvalidOperationException? Take(TaskMessage message)
    {
        if (!NeedsCode && Actor.Instance is not { IsFinished: false })
        {
            return new($"Orchestration instance '{InstanceId}' {(Actor.Instance is null ? "does not exist" : "has ended")}.");
        }

        string execution = (begins ? NewMessages[0].OrchestrationInstance : Actor.Instance!.Start.OrchestrationInstance).ExecutionId;
        if (message.OrchestrationInstance.ExecutionId is { } meant && meant != execution)
        {
            return null;
        }

        if (!begins && Actor.Instance!.ScheduledStart is not null)
        {
            Hold(message);
        }
        else
        {
            NewMessages.Add(message);
        }

        return null;
    }

    // Until the instance begins, what it is sent waits in its own list, behind the start.
    private void Hold(TaskMessage message) => notes.Add(instance => instance.Call(Guid.NewGuid().ToString("N"), message));
}
