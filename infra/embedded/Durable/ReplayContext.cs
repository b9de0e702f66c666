using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.DurableTask;

namespace SocialCard.Embedded.Durable;

/// <summary>The context that an orchestrator's code sees: it records the code's calls and completes their tasks from the history.</summary>
internal sealed class ReplayContext(
    string instanceId, ExecutionStarted start, TurnScheduler scheduler, DataConverter converter, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    private readonly Dictionary<int, OpenCall> open = [];
    private readonly List<EventWaiter> waiters = [];
    private readonly List<EventRaised> unprocessed = [];
    private int lastTaskId;
    private int guids;

    public override TaskName Name { get; } = start.Name;

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent { get; }
        = start.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => Now.UtcDateTime;

    public override bool IsReplaying => Replaying;

    public override string Version => start.Version ?? string.Empty;

    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>The instant of the turn that is being taken or replayed.</summary>
    internal DateTimeOffset Now { get; set; }

    internal bool Replaying { get; set; }

    /// <summary>The calls that the code made and nobody has taken yet, in order.</summary>
    internal Queue<OrchestratorCall> Calls { get; } = new();

    /// <summary>What the code set as custom status; null where it set none.</summary>
    internal CustomStatusSet? CustomStatus { get; private set; }

    /// <summary>What the code asked for by ContinueAsNew.</summary>
    internal ContinueAsNewOptions? Continuation { get; private set; }

    /// <summary>The events that no wait has taken, in order of arrival.</summary>
    internal IReadOnlyList<EventRaised> Unprocessed => unprocessed;

    /// <summary>Whether the code waits for anything that a later turn can bring.</summary>
    internal bool Waits => open.Count > 0 || waiters.Count > 0;

    public override T? GetInput<T>()
        where T : default
        => converter.Deserialize<T>(start.Input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        EnsureInTurn();
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        string? data = converter.Serialize(input);
        string? result = await AttemptAsync(options, () => CallAsync(id => new TaskScheduled(id, name.Name, data)));
        return converter.Deserialize<TResult>(result)!;
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        EnsureInTurn();
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        string? data = converter.Serialize(input);
        string? childId = (options as SubOrchestrationOptions)?.InstanceId;
        string? version = options?.Version?.Version;
        string? result = await AttemptAsync(options, () =>
        {
            string attemptId = childId ?? NewGuid().ToString("N");
            return CallAsync(id => new SubOrchestrationCreated(id, orchestratorName.Name, attemptId, version, data));
        });
        return converter.Deserialize<TResult>(result)!;
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureInTurn();
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset instant = fireAt.Kind == DateTimeKind.Local ? fireAt : new DateTimeOffset(DateTime.SpecifyKind(fireAt, DateTimeKind.Utc));
        int timer = lastTaskId + 1;
        Task<string?> fired = CallAsync(id => new TimerCreated(id, instant.ToUniversalTime()));
        using CancellationTokenRegistration cancellation = cancellationToken.Register(() =>
        {
            EnsureInTurn();
            if (open.Remove(timer, out OpenCall? call))
            {
                Calls.Enqueue(new TimerCanceled(timer));
                call.Source.SetCanceled(cancellationToken);
            }
        });
        await fired;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureInTurn();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        cancellationToken.ThrowIfCancellationRequested();
        int buffered = unprocessed.FindIndex(raised => IsNamed(raised, eventName));
        if (buffered >= 0)
        {
            string? data = unprocessed[buffered].Data;
            unprocessed.RemoveAt(buffered);
            return converter.Deserialize<T>(data)!;
        }

        EventWaiter waiter = new(eventName, NewSource());
        waiters.Add(waiter);
        using CancellationTokenRegistration cancellation = cancellationToken.Register(() =>
        {
            EnsureInTurn();
            if (waiters.Remove(waiter))
                waiter.Source.SetCanceled(cancellationToken);
        });
        return converter.Deserialize<T>(await waiter.Source.Task)!;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureInTurn();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        Calls.Enqueue(new EventSent(++lastTaskId, instanceId, eventName, converter.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureInTurn();
        CustomStatus = new(converter.Serialize(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
        => ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        EnsureInTurn();
        ArgumentNullException.ThrowIfNull(options);
        Continuation = options;
    }

    /// <summary>A name-based UUID (RFC 9562, version 5) of the execution and a counter: the same in every replay.</summary>
    public override Guid NewGuid()
    {
        EnsureInTurn();
        Span<byte> name = stackalloc byte[20];
        start.ExecutionId.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(name[16..], guids++);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // Version 5 is defined over SHA-1; nothing is protected by it.
        SHA1.HashData(name, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Completes what the event answers; an event that nobody waits for is kept.</summary>
    internal void Deliver(IncomingEvent incoming)
    {
        switch (incoming)
        {
            case TaskCompleted completed:
                Complete(completed.Id, completed.Result);
                break;
            case SubOrchestrationCompleted completed:
                Complete(completed.Id, completed.Result);
                break;
            case TimerFired fired:
                Complete(fired.Id, null);
                break;
            case TaskFailed failed:
                Fail(failed.Id, failed.Failure);
                break;
            case SubOrchestrationFailed failed:
                Fail(failed.Id, failed.Failure);
                break;
            case EventRaised raised when waiters.Find(waiter => IsNamed(raised, waiter.Name)) is { } waiter:
                waiters.Remove(waiter);
                waiter.Source.SetResult(raised.Data);
                break;
            case EventRaised raised:
                unprocessed.Add(raised);
                break;
        }
    }

    private static bool IsNamed(EventRaised raised, string name) => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase);

    private static TaskCompletionSource<string?> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<string?> CallAsync(Func<int, OrchestratorCall> describe)
    {
        EnsureInTurn();
        OpenCall call = new(describe(++lastTaskId), NewSource());
        Calls.Enqueue(call.Call);
        open.Add(lastTaskId, call);
        return call.Source.Task;
    }

    private void Complete(int id, string? result)
    {
        if (open.Remove(id, out OpenCall? call))
            call.Source.SetResult(result);
    }

    private void Fail(int id, Failure failure)
    {
        if (!open.Remove(id, out OpenCall? call))
            return;
        string name = call.Call switch
        {
            TaskScheduled task => task.Name,
            SubOrchestrationCreated child => child.Name,
            _ => throw new InvalidOperationException($"The history has a failure of {call.Call}, which cannot fail."),
        };
        call.Source.SetException(new TaskFailedException(name, id, failure.ToDetails()));
    }

    private async Task<string?> AttemptAsync(TaskOptions? options, Func<Task<string?>> call)
    {
        DateTimeOffset firstAttempt = Now;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failure) when (options?.Retry is not null)
            {
                if (!await IsToBeRepeatedAsync(options.Retry, failure, attempt, firstAttempt))
                    throw;
            }
        }
    }

    private async Task<bool> IsToBeRepeatedAsync(TaskRetryOptions retry, TaskFailedException failure, int attempt, DateTimeOffset firstAttempt)
    {
        TimeSpan elapsed = Now - firstAttempt;
        if (retry.Handler is { } handler)
            return await handler(new RetryContext(this, attempt, failure.FailureDetails, elapsed, CancellationToken.None));

        if (retry.Policy is not { } policy
            || attempt >= policy.MaxNumberOfAttempts
            || (IsLimited(policy.RetryTimeout) && elapsed >= policy.RetryTimeout)
            || !policy.Handle(failure))
        {
            return false;
        }

        double ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        TimeSpan longest = IsLimited(policy.MaxRetryInterval) ? policy.MaxRetryInterval : DateTimeOffset.MaxValue - Now;
        await CreateTimer(ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest, CancellationToken.None);
        return true;

        static bool IsLimited(TimeSpan limit) => limit != Timeout.InfiniteTimeSpan && limit != TimeSpan.MaxValue;
    }

    private void EnsureInTurn()
    {
        if (!scheduler.IsCurrent)
        {
            throw new InvalidOperationException(
                $"Orchestrator '{start.Name}' used its context outside its turn. Orchestrator code must not leave the orchestrator's "
                + "thread: no Task.Run, no ConfigureAwait(false), no I/O; such work belongs into an activity.");
        }
    }

    private sealed record OpenCall(OrchestratorCall Call, TaskCompletionSource<string?> Source);

    private sealed record EventWaiter(string Name, TaskCompletionSource<string?> Source);
}
