using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using SocialCard.Embedded.Functions;
using SocialCard.Functions.Storage;

namespace SocialCard.Embedded.Queues;

/// <summary>
/// Runs a queue function on each message of its queue, as the Functions host does: batches, lease renewal while a message is processed,
/// deletion on success, a visibility timeout on failure, and the poison queue after the last attempt. A message is deleted only after its
/// function has returned or its copy is in the poison queue, so none is lost; one may be processed twice. The queues it is given have no
/// encoding of their own: it must see a damaged message as it is.
/// </summary>
internal sealed partial class QueueListener(
    QueueFunction function, QueueSettings settings, QueueServiceClient storage, IServiceProvider services, ILogger<QueueListener> logger)
    : IAsyncDisposable
{
    /// <summary>How long running functions may go on when the host stops.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    private static readonly ActivitySource Functions = new("Microsoft.Azure.Functions.Worker");

    private readonly QueueClient queue = storage.GetQueueClient(function.Queue);
    private readonly QueueClient poison = storage.GetQueueClient(function.Queue + "-poison");
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly List<Task> running = [];
    private readonly ConcurrentQueue<TaskCompletionSource> drains = new();
    private readonly SemaphoreSlim pollNow = new(0);
    private volatile bool closed;
    private Task polling = Task.CompletedTask;

    public string Queue => function.Queue;

    /// <summary>
    /// How long a message of a host that died stays hidden. It is renewed at a third of that: only a long pause of the process costs a
    /// second run.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>True while the queue answers.</summary>
    public bool IsPolling { get; private set; }

    /// <summary>Makes the queue if it is missing.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public void Start()
    {
        IsPolling = true;
        polling = Task.Run(PollAsync);
    }

    /// <summary>
    /// Completes once a look at the queue, begun after this call, finds no visible message while none is being processed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The listener has stopped, or the wait was cancelled.</exception>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        drains.Enqueue(drained);
        if (closed)
        {
            drained.TrySetCanceled(CancellationToken.None);
        }

        pollNow.Release();
        await drained.Task.WaitAsync(cancellation);
    }

    /// <summary>Takes no further messages and lets those in hand finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        abandoned.CancelAfter(StopGrace);
        await polling;
        IsPolling = false;
        abandoned.Dispose();
    }

    private async Task PollAsync()
    {
        var pause = QueueSettings.FirstPollingInterval;
        try
        {
            while (true)
            {
                stopping.Token.ThrowIfCancellationRequested();
                running.RemoveAll(task => task.IsCompleted);
                while (running.Count > settings.NewBatchThreshold)
                {
                    running.Remove(await Task.WhenAny(running));
                }

                var waiting = drains.Count;
                var idle = running.Count == 0;
                var messages = await ReceiveAsync();
                foreach (var message in messages ?? [])
                {
                    running.Add(ProcessAsync(message));
                }

                if (messages is [] && idle)
                {
                    for (; waiting > 0 && drains.TryDequeue(out var drained); waiting--)
                    {
                        drained.TrySetResult();
                    }
                }

                if (messages is { Length: > 0 })
                {
                    pause = QueueSettings.FirstPollingInterval;
                }
                else if (messages is [] && waiting > 0)
                {
                    // What runs may still put messages into this queue, so the look that settles it comes after.
                    await Task.WhenAll(running);
                }
                else
                {
                    await pollNow.WaitAsync(pause, stopping.Token);
                    pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, settings.MaxPollingInterval.Ticks));
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(running);
            closed = true;
            while (drains.TryDequeue(out var drained))
            {
                drained.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    /// <summary>The next batch; null if the queue does not answer.</summary>
    private async Task<QueueMessage[]?> ReceiveAsync()
    {
        try
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(settings.BatchSize, Lease, stopping.Token);
            if (!IsPolling)
            {
                LogQueueBack(Queue);
            }

            IsPolling = true;
            return messages;
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == QueueErrorCode.QueueNotFound.ToString())
        {
            await TryAsync(() => PrepareAsync(stopping.Token));
            return null;
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            if (IsPolling)
            {
                LogQueueLost(Queue, ConsoleLine.Of(fault.Message));
            }

            IsPolling = false;
            return null;
        }
    }

    private async Task ProcessAsync(QueueMessage message)
    {
        using var span = Functions.StartActivity($"{Queue} process", ActivityKind.Consumer);
        // A message over the limit was never answered for: each of its runs ended with the host.
        if (message.DequeueCount > settings.MaxDequeueCount || Decode(message) is not { } body)
        {
            await TryAsync(() => MoveToPoisonAsync(message, message.PopReceipt));
            return;
        }

        var receipt = message.PopReceipt;
        Task run = Task.Run(() => function.Method.InvokeScopedAsync(services, body, abandoned.Token));
        while (await Task.WhenAny(run, Task.Delay(Lease / 3)) != run)
        {
            await TryAsync(
                async () => receipt = (await queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, Lease)).Value.PopReceipt);
        }

        if (run.IsCompletedSuccessfully)
        {
            await TryAsync(() => queue.DeleteMessageAsync(message.MessageId, receipt));
            return;
        }

        // Abandoned, its lease lapses and the message is there for the next host.
        if (run.IsCanceled && abandoned.IsCancellationRequested)
        {
            return;
        }

        var fault = run.Exception?.InnerException ?? new TaskCanceledException(run);
        LogFailed(fault, function.Method.Name, message.MessageId, message.DequeueCount, settings.MaxDequeueCount);
        await TryAsync(() => message.DequeueCount >= settings.MaxDequeueCount
            ? MoveToPoisonAsync(message, receipt)
            : queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, settings.VisibilityTimeout));
    }

    /// <summary>The body; null if it is damaged.</summary>
    private BinaryData? Decode(QueueMessage message) =>
        settings.MessageEncoding == QueueMessageEncoding.None ? message.Body
        : Base64.IsValid(message.MessageText) ? BinaryData.FromBytes(Convert.FromBase64String(message.MessageText))
        : null;

    private async Task MoveToPoisonAsync(QueueMessage message, string receipt)
    {
        LogPoison(function.Method.Name, message.MessageId, poison.Name);
        await poison.CreateIfNotExistsAsync();
        // Forever: until somebody has looked at it.
        await poison.SendMessageAsync(message.MessageText, timeToLive: TimeSpan.FromSeconds(-1));
        await queue.DeleteMessageAsync(message.MessageId, receipt);
    }

    /// <summary>A storage call whose failure only means that the message comes again.</summary>
    private async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception fault) when (fault is RequestFailedException || StorageFault.Is(fault))
        {
            LogComesAgain(Queue, ConsoleLine.Of(fault.Message));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Queue {Queue} does not answer: {Fault}")]
    private partial void LogQueueLost(string queue, string fault);
    [LoggerMessage(LogLevel.Information, "Queue {Queue} answers again")]
    private partial void LogQueueBack(string queue);
    [LoggerMessage(LogLevel.Error, "Function {Function} failed on message {MessageId}, attempt {Attempt} of {Attempts}")]
    private partial void LogFailed(Exception fault, string function, string messageId, long attempt, int attempts);
    [LoggerMessage(LogLevel.Error, "Function {Function}: message {MessageId} goes to queue {Poison}")]
    private partial void LogPoison(string function, string messageId, string poison);
    [LoggerMessage(LogLevel.Warning, "Queue {Queue}: a message comes again: {Fault}")]
    private partial void LogComesAgain(string queue, string fault);
}
