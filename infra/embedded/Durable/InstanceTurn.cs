using Microsoft.DurableTask.Client;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// One turn of an instance: what its messages mean to it, and what its code makes of them. Works on memory only; what it appended to
/// the instance counts once it is stored.
/// </summary>
internal sealed class InstanceTurn(string instanceId, Instance? instance, DateTimeOffset now, string? defaultVersion)
{
    // A chain of executions in one turn that consumes no time and waits for nothing is endless.
    private const int MaxExecutions = 10_000;

    private readonly List<(Message Message, Exception? Refusal)> verdicts = [];
    private readonly DateTimeOffset time = instance is not null && instance.UpdatedAt > now ? instance.UpdatedAt : now;
    private int? newTurn;

    /// <summary>The instance after the turn; null where there is none.</summary>
    public Instance? Instance { get; private set; } = instance;

    public IReadOnlyList<(Message Message, Exception? Refusal)> Verdicts => verdicts;

    /// <summary>The messages that can only be judged after this turn is stored.</summary>
    public IReadOnlyList<Message> Deferred { get; private set; } = [];

    public int TimersFired { get; private set; }

    /// <summary>Whether the instance is to be deleted.</summary>
    public bool Deletes { get; private set; }

    /// <summary>
    /// Whether there is something to store. That a message has arrived elsewhere may wait for the next turn, unless it was the last
    /// thing under way.
    /// </summary>
    public bool Changes => newTurn is not null || (Instance is not null && Instance.HasWork != Instance.Row.HasWork);

    /// <summary>Judges the messages in their order.</summary>
    public void Accept(IReadOnlyList<Message> messages)
    {
        for (int index = 0; index < messages.Count; index++)
        {
            Message message = messages[index];
            if (Deletes || (newTurn is not null && message is StartInstance or Purge))
            {
                Deferred = [.. messages.Skip(index)];
                return;
            }

            verdicts.Add((message, Judge(message)));
        }
    }

    /// <summary>Runs the code if there is anything new for it, execution after execution while it continues as new.</summary>
    /// <param name="runCode">Takes the newest turn of an execution; its index says where the turn starts.</param>
    public async Task RunAsync(Func<Instance, int, Task<TurnOutcome>> runCode)
    {
        for (int execution = 1; newTurn is { } start && Instance is { IsFinished: false, IsHeld: false }; execution++)
        {
            TurnOutcome outcome = await runCode(Instance, start);
            foreach (OrchestratorCall call in outcome.Calls)
                Instance.Append(call);
            if (outcome.CustomStatus is { } status && status.Status != Instance.CustomStatus)
                Instance.Append(status);

            switch (outcome.Ending)
            {
                case Completion completion:
                    Instance.Append(new ExecutionCompleted(OrchestrationRuntimeStatus.Completed, completion.Output, null));
                    return;
                case Breakdown breakdown:
                    Fail(breakdown.Failure);
                    return;
                case Continuation when execution == MaxExecutions:
                    Fail(new(
                        typeof(InvalidOperationException).ToString(),
                        $"Orchestrator '{Instance.Start.Name}' continued as new {MaxExecutions} times in a turn without waiting for anything."));
                    return;
                case Continuation next:
                    Instance.BeginExecution(
                        time,
                        Instance.Start with
                        {
                            ExecutionId = Guid.NewGuid(),
                            Input = next.Input,
                            Version = next.Version ?? Instance.Start.Version,
                            StartAt = null,
                        },
                        next.Events);
                    newTurn = 0;
                    break;
                default:
                    return;
            }
        }
    }

    private void Fail(Failure failure) => Instance!.Append(new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, null, failure));

    private InvalidOperationException? Judge(Message message)
    {
        switch (message)
        {
            case StartInstance start:
                return Begin(start);
            case Purge purge:
                Delete(purge);
                return null;
            case RaiseEvent raise:
                return WhileRunning("an event cannot be raised to it", running =>
                {
                    if (raise.Event.Source is null || !running.HasSeen(raise.Event.Source))
                        Receive(raise.Event);
                });
            case Suspend suspend:
                return WhileRunning("it cannot be suspended", running =>
                {
                    if (!running.IsSuspended)
                        Receive(new ExecutionSuspended(suspend.Reason));
                });
            case Resume resume:
                return WhileRunning("it cannot be resumed", running =>
                {
                    if (running.IsSuspended)
                        Receive(new ExecutionResumed(resume.Reason));
                });
            case Terminate terminate:
                return WhileRunning("it cannot be terminated", _ => Receive(new ExecutionTerminated(terminate.Output, terminate.Recursive)));
            case ActivityFinished finished when Instance?.IsPending(finished.Activity.Key) == true:
                Note(finished);
                return null;
            case ChildFinished finished when Instance is { IsFinished: false }
                && Instance.Start.ExecutionId == finished.ExecutionId
                && Instance.IsPending(finished.TaskId):
                Receive(finished.Failure is { } failure
                    ? new SubOrchestrationFailed(finished.TaskId, failure)
                    : new SubOrchestrationCompleted(finished.TaskId, finished.Output));
                return null;
            case Delivered delivered when Instance?.Outbox.Any(waiting => waiting.Id == delivered.MessageId) == true:
                Instance.Append(new MessageDelivered(delivered.MessageId));
                return null;
            case TimersDue when Instance is not null:
                foreach (int timer in Instance.TimersDue(time))
                {
                    Receive(new TimerFired(timer));
                    TimersFired++;
                }

                return null;
            default:
                // A repeated delivery, or one that came too late to matter.
                return null;
        }
    }

    private InvalidOperationException? Begin(StartInstance start)
    {
        if (!InstanceKeys.CanName(instanceId))
            return new($"The id of an orchestration instance may not be as long as '{instanceId}'.");
        if (Instance is not null)
        {
            if (start.Parent is not null && Instance.Start.Parent == start.Parent)
                return null;
            if (start.KeptStatuses.Contains(Instance.Status.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                return new($"An orchestration instance with id '{instanceId}' already exists and is {Instance.Status}; it is not replaced.");
            }
        }

        Instance ??= new Instance(instanceId);
        Instance.BeginExecution(
            time,
            new ExecutionStarted(
                start.Name,
                start.Version ?? defaultVersion,
                Guid.NewGuid(),
                start.Input,
                time,
                start.StartAt > time ? start.StartAt : null,
                start.Parent,
                start.Tags is { Count: > 0 } ? start.Tags : null,
                start.TraceParent),
            []);
        newTurn = 0;
        return null;
    }

    private void Delete(Purge purge)
    {
        purge.Busy = Instance is { IsFinished: true, HasWork: true };
        if (Instance is not { IsFinished: true, HasWork: false })
            return;
        purge.Purged = true;
        purge.Children = [.. Instance.History.OfType<SubOrchestrationCreated>().Select(child => child.InstanceId)];
        Deletes = true;
    }

    private void Note(ActivityFinished finished)
    {
        PendingActivity activity = finished.Activity;
        if (Instance!.IsFinished || Instance.Start.ExecutionId != activity.ExecutionId)
            Instance.Append(new CarriedActivityEnded(activity.Key));
        else
            Receive(finished.Failure is { } failure ? new TaskFailed(activity.Id, failure) : new TaskCompleted(activity.Id, finished.Result));
    }

    private InvalidOperationException? WhileRunning(string consequence, Action<Instance> change)
    {
        if (Instance is null)
            return new($"There is no orchestration instance with id '{instanceId}', so {consequence}.");
        if (Instance.IsFinished)
            return new($"Orchestration instance '{instanceId}' is {Instance.Status}, so {consequence}.");
        change(Instance);
        return null;
    }

    private void Receive(IncomingEvent incoming)
    {
        if (newTurn is null)
        {
            newTurn = Instance!.History.Count;
            Instance.Append(new TurnStarted(time));
        }

        Instance!.Append(incoming);
    }
}
