using DurableTask.Core;
using DurableTask.Core.History;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>What becomes of an instance in a turn: what came in is taken and stored, and what it calls for is set going.</summary>
internal sealed partial class TableOrchestrationService
{
    /// <summary>Takes what has come in for an instance. Null where the code has nothing to do; what there was to store is stored.</summary>
    private async Task<InstanceTurn?> PrepareAsync(InstanceActor actor)
    {
        List<Arrival> arrivals = actors.TakeInbox(actor);
        bool written = false;
        try
        {
            // Nobody has heard of a new instance: its start is tried without looking first, and the storage refuses a second one.
            bool blind = !actor.MayExist && arrivals is [{ Message.Event: ExecutionStartedEvent }, ..];
            if (actor.Instance is null && !blind && InstanceKeys.CanName(actor.Id))
            {
                actor.Instance = await store.LoadAsync(actor.Id, stopping.Token);
            }

            InstanceTurn turn = new(actor, arrivals, clock.GetUtcNow().UtcDateTime);
            if (turn.NeedsCode)
            {
                return turn;
            }

            turn.Append();
            if (turn.Changes)
            {
                written = true;
                await (turn.Deletes ? store.DeleteAsync(actor.Instance!) : store.CommitAsync(actor.Instance!));
                turn.Stored = true;
            }

            if (turn.Deletes)
            {
                actor.Instance = null;
            }

            Settle(turn);
        }
#pragma warning disable CA1031 // Whatever it is, clients hear of it, and what the hub sent itself is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Recover(actor, arrivals, exception, written);
        }

        return null;
    }

    /// <summary>After a turn: those who wait are answered, and what it calls for is set going.</summary>
    private void Settle(InstanceTurn turn)
    {
        InstanceActor actor = turn.Actor;
        (actor.Failures, actor.MayExist, actor.Description) = (0, actor.Instance is not null, actor.Instance?.Describe());
        Timers.Fired(turn.TimersFired);
        if (actor.Instance?.NextTimer is { } due && due != turn.DueBefore)
        {
            Timers.Set(actor.Id, due);
        }

        foreach ((Arrival arrival, Exception? refusal) in turn.Verdicts)
        {
            if (arrival.Done is { } done)
            {
                actor.UnderWay.Remove(done);
            }

            arrival.Found = actor.Description;
            arrival.Answer(refusal);
        }

        if (actor.Instance is { HasWork: true } instance)
        {
            Dispatch(actor, instance);
        }

        if (turn.Stored)
        {
            Signal(actor.Id);
        }

        EndTurn(actor, turn.Deferred);
    }

    /// <summary>After a turn that could not be stored: clients get the error, the hub's own arrivals wait for the next attempt.</summary>
    private void Recover(InstanceActor actor, IReadOnlyList<Arrival> arrivals, Exception exception, bool written)
    {
        (actor.Instance, actor.Description, actor.MayExist) = (null, null, true);

        // Somebody was first: what that means for a client's call shows when the instance is loaded.
        bool again = exception is InstanceConflictException && actor.Failures == 0;
        List<Arrival> left = [.. arrivals.Where(arrival => again || !arrival.IsClients)];
        foreach (Arrival arrival in arrivals.Except(left))
        {
            arrival.Answer(stopping.IsCancellationRequested ? new OperationCanceledException("The hub is being closed.") : exception);
        }

        // What may have been written must have its effect, though nobody has come for it.
        if (written && left.Count == 0)
        {
            left.Add(new Arrival());
        }

        if (stopping.IsCancellationRequested || left.Count == 0)
        {
            EndTurn(actor, left);
            return;
        }

        double factor = again ? 0 : Math.Pow(2, Math.Min(actor.Failures, 16));
        TimeSpan delay = FirstRetryDelay * factor < options.MaxStorageRetryDelay ? FirstRetryDelay * factor : options.MaxStorageRetryDelay;
        actor.Failures++;
        if (!again && logger.IsEnabled(LogLevel.Warning))
        {
            LogTurnRepeated(MaskedLoggers.Mask(exception.Message), MaskedLoggers.Mask(actor.Id), delay);
        }

        turns.Exit();
        _ = RepeatAsync(actor, left, delay);
    }

    private async Task RepeatAsync(InstanceActor actor, List<Arrival> left, TimeSpan delay)
    {
        await Task.Delay(delay, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested)
        {
            actors.EndTurn(actor, left);
        }
        else
        {
            actors.Repeat(actor, left);
        }
    }

    private void EndTurn(InstanceActor actor, IReadOnlyList<Arrival> left)
    {
        actors.EndTurn(actor, left);
        turns.Exit();
    }

    /// <summary>Sets going what the instance has to be done and what is not under way in this process yet.</summary>
    private void Dispatch(InstanceActor actor, Instance instance)
    {
        foreach ((string key, TaskMessage message) in instance.ToDo.Where(item => actor.UnderWay.Add(item.Key)))
        {
            quiescence.Enter();
            if (message.Event is TaskScheduledEvent)
            {
                activities.Writer.TryWrite(new() { Id = key, TaskMessage = message, LockedUntilUtc = DateTime.MaxValue });
            }
            else
            {
                _ = DeliverAsync(actor.Id, key, message);
            }
        }
    }

    // The message is in the target's inbox when this returns to its caller, so messages of one sender keep their order.
    private async Task DeliverAsync(string sender, string key, TaskMessage message)
    {
        try
        {
            string target = message.OrchestrationInstance.InstanceId;
            Arrival arrival =
                target == sender ? new() { Message = message, Done = key } : new() { Message = message, Key = key, Kept = [] };
            actors.Post(target, arrival);
            if (target != sender)
            {
                Exception? refusal = await arrival.Outcome;
                actors.Post(sender, new Arrival { Message = refusal is null ? null : FailureOf(message, refusal), Done = key });
            }
        }
        catch (OperationCanceledException)
        {
            // The hub is being closed: the message is stored, and goes out after the next start.
        }
        finally
        {
            quiescence.Exit();
        }
    }

    /// <summary>What a parent hears of a sub-orchestration that could not be started; nobody waits for the outcome of an event.</summary>
    private static TaskMessage? FailureOf(TaskMessage message, Exception refusal) =>
        message.Event is ExecutionStartedEvent { ParentInstance: { } parent }
        ? new()
        {
            OrchestrationInstance = parent.OrchestrationInstance,
            Event = new SubOrchestrationInstanceFailedEvent(-1, parent.TaskScheduleId, refusal.Message, null, new FailureDetails(refusal)),
        }
        : null;

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "A turn of instance {InstanceId} could not be stored ({Reason}); trying again in {Delay}.")]
    private partial void LogTurnRepeated(string reason, string instanceId, TimeSpan delay);
}
