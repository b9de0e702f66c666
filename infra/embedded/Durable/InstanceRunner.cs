using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Microsoft.DurableTask;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// Takes the turns of instances, and sets going what a stored turn calls for: activities, messages to other instances, the next timer.
/// </summary>
internal sealed partial class InstanceRunner(
    InstanceStore store,
    HubLease lease,
    InstanceActors actors,
    TimerWindow timers,
    InstanceWatch watch,
    Quiescence quiescence,
    DurableFunctions functions,
    DataConverter converter,
    HostClock clock,
    DurableEngineOptions options,
    ILoggerFactory loggers)
{
    private const int MaxConflicts = 3;

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly ILogger logger = loggers.CreateLogger<DurableEngine>();
    private readonly OrchestrationExecutor executor = new(functions, converter, loggers);
    private readonly Channel<ActivityRun> activities = Channel.CreateUnbounded<ActivityRun>();
    private long timersFired;

    /// <summary>How many timers have fired since the engine started.</summary>
    public long TimersFired => Interlocked.Read(ref timersFired);

    /// <summary>Takes turns and runs activities until cancelled; what is being stored then is finished.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        return Task.WhenAll(
            [
                .. Workers(options.MaxConcurrentTurns, TakeTurnsAsync),
                .. Workers(options.MaxConcurrentActivities, RunActivitiesAsync),
            ]);

        IEnumerable<Task> Workers(int count, Func<CancellationToken, Task> work)
            => Enumerable.Range(0, count).Select(_ => Task.Run(() => work(stopping), CancellationToken.None));
    }

    private async Task TakeTurnsAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (InstanceActor actor in actors.Ready.ReadAllAsync(stopping))
                await TakeTurnAsync(actor, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogWorkerEnded();
        }
    }

    private async Task TakeTurnAsync(InstanceActor actor, CancellationToken stopping)
    {
        List<Message> messages = actors.TakeInbox(actor);
        bool written = false;
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                // Nobody has heard of a new instance: its start is tried without looking first, and the storage refuses a second one.
                bool blind = attempt == 1 && messages is [StartInstance, ..];
                if (actor.Instance is null && !blind && InstanceKeys.CanName(actor.Id))
                    actor.Instance = await store.LoadAsync(actor.Id, stopping);

                InstanceTurn turn = new(actor.Id, actor.Instance, clock.GetUtcNow(), options.DefaultVersion);
                turn.Accept(messages);
                await turn.RunAsync(RunCodeAsync);
                try
                {
                    if (turn.Changes || turn.Deletes)
                    {
                        await lease.EnsureHeldAsync(stopping);
                        written = true;
                        await (turn.Deletes
                            ? store.DeleteAsync(turn.Instance!, CancellationToken.None)
                            : store.CommitAsync(turn.Instance!, CancellationToken.None));
                    }
                }
                catch (InstanceConflictException) when (attempt < MaxConflicts)
                {
                    actor.Instance = null;
                    continue;
                }

                EndTurn(actor, turn);
                return;
            }
        }
#pragma warning disable CA1031 // Whatever it is, the senders hear of it, and what the engine itself sent is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Recover(actor, messages, exception, written, stopping);
        }
    }

    private async Task<TurnOutcome> RunCodeAsync(Instance instance, int newTurn)
    {
        HistoryEvent[] history = [.. instance.History];
        using Activity? span = DurableTracing.Turn(instance.Start, history.Skip(newTurn));
        try
        {
            TurnOutcome outcome = await Task.Run(() => executor.TakeTurn(instance.Id, history, newTurn)).WaitAsync(options.TurnTimeout);
            return span is null ? outcome : outcome with
            {
                Calls = [.. outcome.Calls.Select(call => call is TaskScheduled task ? task with { TraceParent = span.Id } : call)],
            };
        }
        catch (TimeoutException)
        {
            return new([], null, new Breakdown(new(
                typeof(TimeoutException).ToString(), OrchestrationExecutor.BlockedMessage(instance.Start.Name))));
        }
    }

    private void EndTurn(InstanceActor actor, InstanceTurn turn)
    {
        Instance? instance = turn.Deletes ? null : turn.Instance;
        actor.Instance = instance;
        actor.Description = instance?.Describe(withData: true, converter);
        actor.Failures = 0;
        Interlocked.Add(ref timersFired, turn.TimersFired);
        timers.Set(actor.Id, instance?.NextTimer);
        foreach ((Message message, Exception? refusal) in turn.Verdicts)
        {
            if (message.Settles is { } settled)
                actor.UnderWay.Remove(settled);
            message.Answer(refusal);
        }

        if (instance is not null)
            Dispatch(actor, instance);
        if (turn.Changes || turn.Deletes)
            watch.Signal(actor.Id);
        actors.EndTurn(actor, turn.Deferred);
    }

    /// <summary>
    /// After a turn that could not be stored: clients get the error, the engine's own messages wait for the next attempt. If something
    /// may have been written, the instance is loaded again in any case, so that nothing that is stored stays without effect.
    /// </summary>
    private void Recover(InstanceActor actor, List<Message> messages, Exception exception, bool written, CancellationToken stopping)
    {
        actor.Instance = null;
        actor.Description = null;
        if (stopping.IsCancellationRequested)
        {
            messages.ForEach(message => message.Cancel());
            actors.EndTurn(actor, []);
            return;
        }

        List<Message> left = [.. messages.Where(message => message.IsInternal)];
        foreach (Message message in messages.Where(message => !message.IsInternal))
            message.Answer(exception);
        if (written && left.Count == 0)
            left.Add(new Wake { IsInternal = true });
        if (left.Count == 0)
        {
            LogTurnFailed(exception, Masked(actor.Id));
            actors.EndTurn(actor, []);
            return;
        }

        double factor = Math.Pow(2, Math.Min(actor.Failures++, 16));
        TimeSpan delay = FirstRetryDelay * factor < options.MaxStorageRetryDelay ? FirstRetryDelay * factor : options.MaxStorageRetryDelay;
        LogTurnRepeated(exception, Masked(actor.Id), delay);
        _ = RepeatAsync(actor, left, delay, stopping);
    }

    private async Task RepeatAsync(InstanceActor actor, List<Message> left, TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(delay, stopping);
            actors.Repeat(actor, left);
        }
        catch (OperationCanceledException)
        {
            left.ForEach(message => message.Cancel());
            actors.EndTurn(actor, []);
        }
    }

    /// <summary>Sets going what the instance has to be done and what is not under way in this process yet.</summary>
    private void Dispatch(InstanceActor actor, Instance instance)
    {
        foreach (PendingActivity activity in instance.Activities)
        {
            if (actor.UnderWay.Add(activity.Key))
            {
                quiescence.Enter();
                activities.Writer.TryWrite(new(actor.Id, activity));
            }
        }

        foreach (OutgoingMessage message in instance.Outbox)
        {
            if (actor.UnderWay.Add(message.Id))
            {
                quiescence.Enter();
                _ = DeliverAsync(actor.Id, message);
            }
        }
    }

    // The message is in the target's inbox when this returns to its caller, so messages of one sender keep their order.
    private async Task DeliverAsync(string sender, OutgoingMessage outgoing)
    {
        try
        {
            Message message = outgoing switch
            {
                ChildStart start => new StartInstance(start.Name, start.Version, start.Input) { IsInternal = true, Parent = start.Parent },
                ChildReport report => new ChildFinished(report.ExecutionId, report.TaskId, report.Output, report.Failure) { IsInternal = true },
                ChildTermination termination => new Terminate(termination.Output, recursive: true) { IsInternal = true },
                EventDelivery delivery => new RaiseEvent(delivery.Name, delivery.Data, delivery.Id) { IsInternal = true },
                _ => throw new InvalidOperationException($"Unknown message {outgoing}."),
            };
            actors.Post(outgoing.Target, message);
            if (await message.Outcome is { } refusal)
            {
                var (target, from) = (Masked(outgoing.Target), Masked(sender));
                LogRefused(target, from, refusal.Message);
                if (outgoing is ChildStart { Parent: { } parent })
                    actors.Post(sender, new ChildFinished(parent.ExecutionId, parent.TaskId, null, Failure.From(refusal)) { IsInternal = true });
            }

            actors.Post(sender, new Delivered(outgoing.Id) { IsInternal = true });
        }
        catch (OperationCanceledException)
        {
            var (from, target) = (Masked(sender), Masked(outgoing.Target));
            LogUndelivered(from, target);
        }
        finally
        {
            quiescence.Exit();
        }
    }

    private async Task RunActivitiesAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (ActivityRun run in activities.Reader.ReadAllAsync(stopping))
            {
                try
                {
                    actors.Post(run.InstanceId, await RunActivityAsync(run, stopping));
                }
                finally
                {
                    quiescence.Exit();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogWorkerEnded();
        }
    }

    private async Task<ActivityFinished> RunActivityAsync(ActivityRun run, CancellationToken stopping)
    {
        PendingActivity activity = run.Activity;
        if (!functions.TryGetActivity(activity.Name, out Func<ActivityCall, CancellationToken, Task<object?>>? code))
        {
            Failure unknown = new(typeof(InvalidOperationException).ToString(), $"There is no activity named '{activity.Name}' in this host.");
            return new(activity, null, unknown) { IsInternal = true };
        }

        using Activity? span = DurableTracing.Run(activity);
        try
        {
            object? result = await code(new(activity.Name, run.InstanceId, activity.Input), stopping);
            return new(activity, converter.Serialize(result), null) { IsInternal = true };
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it is, it is the activity's outcome.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            span?.SetStatus(ActivityStatusCode.Error);
            LogActivityFailed(exception, activity.Name, Masked(run.InstanceId));
            return new(activity, null, Failure.From(exception)) { IsInternal = true };
        }
    }

    /// <summary>An instance as logs may name it: ids are made of card numbers, of which logs show the last four characters.</summary>
    private static string Masked(string instanceId) => CardNumber().Replace(instanceId, "*****");

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9A-Z]{5}(?=[0-9A-Z]{4}(?![0-9A-Za-z]))")]
    private static partial Regex CardNumber();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A turn of instance {InstanceId} failed; its senders were told.")]
    private partial void LogTurnFailed(Exception exception, string instanceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A turn of instance {InstanceId} could not be stored; trying again in {Delay}.")]
    private partial void LogTurnRepeated(Exception exception, string instanceId, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Information, Message = "Instance {Target} refused a message of instance {Sender}: {Reason}")]
    private partial void LogRefused(string target, string sender, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A message of instance {Sender} to {Target} waits for the next start of the host.")]
    private partial void LogUndelivered(string sender, string target);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activity {Activity} of instance {InstanceId} failed.")]
    private partial void LogActivityFailed(Exception exception, string activity, string instanceId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A worker of the durable engine has ended.")]
    private partial void LogWorkerEnded();

    private sealed record ActivityRun(string InstanceId, PendingActivity Activity);
}
