using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using SocialCard.Domain.Operations;

namespace SocialCard.Functions.Operations;

/// <summary>What is to become of messages that could not be processed.</summary>
/// <param name="Queue">The queue that they came from.</param>
/// <param name="MessageId">The one that is meant; null for all.</param>
/// <param name="Most">How many at most.</param>
/// <param name="IsDiscarded">Whether they are thrown away; else they go back to their queue.</param>
public sealed record PoisonOrder(string Queue, string? MessageId, int Most, bool IsDiscarded);

/// <summary>
/// Sends messages that could not be processed back to their queue, or throws them away, once that is on the timeline. A message that is
/// gone by then was dealt with before; one may be sent back twice, which its receivers bear as they bear every repetition.
/// </summary>
public sealed class PoisonMessages(RawQueues queues) : IProjection, IDisposable
{
    /// <summary>The name that messages of the outbox have for it.</summary>
    internal const string MessageName = "PoisonMessages";

    /// <summary>How many a look at a queue shows: more the storage does not give.</summary>
    public const int LargestLook = 32;

    private const int Looks = 3;

    // The storage gives a message only to who takes it, and the others before it with it; they are given back at once.
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1);

    string IProjection.Name => MessageName;

    /// <summary>The oldest messages of a queue, as they lie there; none where there is no such queue.</summary>
    public async Task<IReadOnlyList<PeekedMessage>> LookAsync(string queue, int most, CancellationToken cancellation) =>
        await OfAsync(
            queue, async found => (await found.PeekMessagesAsync(most, cancellation)).Value, otherwise: Array.Empty<PeekedMessage>());

    /// <summary>About how many messages lie in a queue.</summary>
    public Task<int> CountAsync(string queue, CancellationToken cancellation) =>
        OfAsync(queue, async found => (await found.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount, otherwise: 0);

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    async Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var order = JsonSerializer.Deserialize<PoisonOrder>(standing, SocialCardJson.Options)!;

        // Two who look for a message of their own would hide each other's.
        await turn.WaitAsync(cancellation);
        try
        {
            var poison = PoisonQueues.Of(order.Queue);
            for (var look = 1; ; look++)
            {
                var (moved, seen) = await OfAsync(poison, found => MoveAsync(found, order, cancellation), otherwise: (0, 0));
                if (moved >= order.Most || await CountAsync(poison, cancellation) <= seen - moved)
                {
                    return;
                }

                if (look == Looks)
                {
                    throw new IOException($"Another process looks through the queue {poison}.");
                }

                await Task.Delay(Pause, cancellation);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<(int Moved, int Seen)> MoveAsync(QueueClient poison, PoisonOrder order, CancellationToken cancellation)
    {
        var others = new List<QueueMessage>();
        var moved = 0;
        while (moved < order.Most
            && (await poison.ReceiveMessagesAsync(LargestLook, Taken, cancellation)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                if (moved == order.Most || !(order.MessageId is not { } meant || meant == message.MessageId))
                {
                    others.Add(message);
                    continue;
                }

                if (!order.IsDiscarded)
                {
                    await queues.Client.GetQueueClient(order.Queue).SendMessageAsync(message.MessageText, cancellation);
                }

                await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
                moved++;
            }
        }

        foreach (var message in others)
        {
            await poison.UpdateMessageAsync(message.MessageId, message.PopReceipt, (string?)null, TimeSpan.Zero, cancellation);
        }

        return (moved, moved + others.Count);
    }

    private async Task<T> OfAsync<T>(string queue, Func<QueueClient, Task<T>> ask, T otherwise)
    {
        try
        {
            return await ask(queues.Client.GetQueueClient(queue));
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // The host makes a poison queue for its first message.
            return otherwise;
        }
    }
}

/// <summary>Has the messages follow what was decided on them.</summary>
public sealed class PoisonQueueHandler : IEventHandler<PoisonQueue>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(
        PoisonQueue? before, PoisonQueue after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        return
            from happened in events
            let order = happened switch
            {
                PoisonMessageReturned one => new PoisonOrder(after.Name, one.MessageId, 1, IsDiscarded: false),
                PoisonMessagesReturned all => new PoisonOrder(after.Name, null, all.Messages, IsDiscarded: false),
                PoisonMessageDiscarded one => new PoisonOrder(after.Name, one.MessageId, 1, IsDiscarded: true),
                _ => null,
            }
            where order is not null
            select OutboxMessage.Project(PoisonMessages.MessageName, order);
    }
}
