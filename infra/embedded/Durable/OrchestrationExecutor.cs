using Microsoft.DurableTask;

namespace SocialCard.Embedded.Durable;

/// <summary>What one turn of an orchestrator's code came to.</summary>
/// <param name="Calls">The calls that the code made in this turn, in order.</param>
/// <param name="CustomStatus">The custom status that the code has set; null where it has set none.</param>
/// <param name="Ending">How the execution ended; null while it waits.</param>
internal sealed record TurnOutcome(IReadOnlyList<OrchestratorCall> Calls, CustomStatusSet? CustomStatus, ExecutionEnding? Ending);

internal abstract record ExecutionEnding;

internal sealed record Completion(string? Output) : ExecutionEnding;

internal sealed record Breakdown(Failure Failure) : ExecutionEnding;

internal sealed record Continuation(string? Input, string? Version, IReadOnlyList<EventRaised> Events) : ExecutionEnding;

/// <summary>
/// Runs an orchestrator's code over a history: past turns are replayed and compared with what the history says the code called for,
/// the newest turn is new. It knows no storage and has no effect but the outcome it returns.
/// </summary>
internal sealed class OrchestrationExecutor(DurableFunctions functions, DataConverter converter, ILoggerFactory loggers)
{
    /// <summary>Takes the newest turn of an execution.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="history">The records of the execution, the newest turn's incoming events last.</param>
    /// <param name="newTurn">The index of the record that starts the newest turn.</param>
    public TurnOutcome TakeTurn(string instanceId, IReadOnlyList<HistoryEvent> history, int newTurn)
    {
        ExecutionStarted start = history.OfType<ExecutionStarted>().First();
        if (!functions.TryGetOrchestrator(start.Name, out Func<TaskOrchestrationContext, Task<object?>>? code))
        {
            return new([], null, new Breakdown(new(
                typeof(InvalidOperationException).ToString(), $"There is no orchestrator named '{start.Name}' in this host.")));
        }

        Replay replay = new(instanceId, start, code, converter, loggers);
        try
        {
            for (int index = 0; index < history.Count; index++)
                replay.Play(history[index], isPast: index < newTurn);
            return replay.Finish();
        }
#pragma warning disable CA1031 // Whatever it is (a result that cannot be serialized, say), the next attempt would meet it again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new([], null, new Breakdown(Failure.From(exception)));
        }
    }

    private sealed class Replay
    {
        private readonly TurnScheduler scheduler = new();
        private readonly List<IncomingEvent> held = [];
        private readonly ReplayContext context;
        private readonly DataConverter converter;
        private readonly Func<TaskOrchestrationContext, Task<object?>> code;
        private readonly string name;
        private Task<object?>? run;
        private bool suspended;
        private bool scheduledForLater;

        public Replay(
            string instanceId,
            ExecutionStarted start,
            Func<TaskOrchestrationContext, Task<object?>> code,
            DataConverter converter,
            ILoggerFactory loggers)
        {
            context = new(instanceId, start, scheduler, converter, loggers);
            this.converter = converter;
            this.code = code;
            name = start.Name;
            scheduledForLater = start.StartAt is not null;
        }

        public void Play(HistoryEvent record, bool isPast)
        {
            switch (record)
            {
                case TurnStarted turn:
                    if (context.Calls.TryPeek(out OrchestratorCall? unknown))
                        throw new NonDeterministicOrchestrationException(name, expected: null, actual: unknown.ToString());
                    context.Now = turn.At;
                    context.Replaying = isPast;
                    break;
                case OrchestratorCall expected:
                    string? actual = context.Calls.TryDequeue(out OrchestratorCall? call) ? call.ToString() : null;
                    if (actual != expected.ToString())
                        throw new NonDeterministicOrchestrationException(name, expected.ToString(), actual);
                    break;
                case IncomingEvent incoming:
                    Receive(incoming);
                    break;
            }
        }

        public TurnOutcome Finish() => new([.. context.Calls], context.CustomStatus, Ending());

        private void Receive(IncomingEvent incoming)
        {
            switch (incoming)
            {
                case ExecutionSuspended:
                    suspended = true;
                    return;
                case ExecutionResumed:
                    suspended = false;
                    break;
                case TimerFired { Id: Instance.StartTimer }:
                    scheduledForLater = false;
                    break;
                default:
                    held.Add(incoming);
                    break;
            }

            if (suspended || scheduledForLater)
                return;
            foreach (IncomingEvent next in held)
                scheduler.Run(() => Feed(next));
            held.Clear();
        }

        private void Feed(IncomingEvent incoming)
        {
            if (incoming is not ExecutionStarted)
            {
                context.Deliver(incoming);
                return;
            }

            run = Task.Factory.StartNew(() => code(context), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
        }

        private ExecutionEnding? Ending()
        {
            if (scheduler.Unobserved is { } unobserved)
                return new Breakdown(Failure.From(unobserved));
            if (run is null or { IsCompleted: false })
            {
                bool stuck = run is not null && !suspended && !scheduledForLater && (scheduler.EnteredFromOutside || !context.Waits);
                return stuck ? new Breakdown(new(typeof(InvalidOperationException).ToString(), BlockedMessage(name))) : null;
            }

            if (run.IsCanceled)
                return new Breakdown(Failure.From(new TaskCanceledException(run)));
            if (run.Exception is { } thrown)
                return new Breakdown(Failure.From(thrown.InnerExceptions[0]));
            if (context.Continuation is { } next)
            {
                return new Continuation(
                    converter.Serialize(next.NewInput), next.NewVersion, next.PreserveUnprocessedEvents ? context.Unprocessed : []);
            }

            return new Completion(converter.Serialize(run.Result));
        }
    }

    internal static string BlockedMessage(string orchestrator)
        => $"Orchestrator '{orchestrator}' is blocked on something that is not durable. An orchestrator may wait only for what its context "
            + "gives it (activities, timers, events, sub-orchestrations); other waiting and I/O belong into an activity.";
}
