using System.Text.Json;
using Azure.Storage.Queues.Models;
using SocialCard.Domain.Operations;

namespace SocialCard.Functions.Operations;

/// <summary>The queues.</summary>
/// <param name="Items">All of them, by name.</param>
/// <example>
/// {
///   "items": [
///     {"name": "card-usages", "depth": 0, "oldestAt": null, "poison": {"depth": 1, "oldestAt": "2026-11-24T14:49:44Z"}},
///     {"name": "notices", "depth": 12, "oldestAt": "2026-11-24T14:50:00Z", "poison": null}
///   ]
/// }
/// </example>
public sealed record QueuesView(IReadOnlyList<QueueView> Items);

/// <summary>A queue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Depth">About how many messages lie in it.</param>
/// <param name="OldestAt">Since when the oldest lies there that nobody has taken, by the storage's clock; null where there is none.</param>
/// <param name="Poison">What of it could not be processed; null for a queue that others read.</param>
public sealed record QueueView(string Name, int Depth, DateTimeOffset? OldestAt, QueueDepthView? Poison);

/// <summary>What lies in a poison queue.</summary>
/// <param name="Depth">About how many messages.</param>
/// <param name="OldestAt">Since when the oldest lies there that nobody has taken, by the storage's clock; null where there is none.</param>
public sealed record QueueDepthView(int Depth, DateTimeOffset? OldestAt);

/// <summary>Messages that could not be processed.</summary>
/// <param name="Items">The oldest, 32 at most.</param>
/// <param name="Depth">About how many there are in all.</param>
/// <example>
/// {
///   "items": [
///     {
///       "id": "5f2b3f5e-0d3c-4f0e-9f0e-0d3c4f0e9f0e", "insertedAt": "2026-11-24T14:49:44Z", "attempts": 0, "form": "json",
///       "content": {"messageId": "visit-1", "partnerId": "hospital-wuxi", "cardNumber": "*****0001", "occasion": "party"}, "bytes": 120
///     }
///   ],
///   "depth": 1
/// }
/// </example>
public sealed record PoisonMessagesView(IReadOnlyList<PoisonMessageView> Items, int Depth);

/// <summary>A message that could not be processed.</summary>
/// <param name="Id">The message, as the storage names it.</param>
/// <param name="InsertedAt">Since when it lies there, by the storage's clock.</param>
/// <param name="Attempts">How often somebody has taken it out since.</param>
/// <param name="Form">What it is.</param>
/// <param name="Content">Its content, with all hidden that may be a person's; null where it is no JSON.</param>
/// <param name="Bytes">How long it is, in bytes.</param>
public sealed record PoisonMessageView(
    string Id, DateTimeOffset? InsertedAt, long Attempts, MessageForm Form, JsonElement? Content, int Bytes)
{
    internal static PoisonMessageView Of(PeekedMessage message)
    {
        var masked = MaskedMessage.Of(message.MessageText);
        return new(message.MessageId, message.InsertedOn, message.DequeueCount, masked.Form, masked.Content, masked.Bytes);
    }
}

/// <summary>What was done with a queue's messages that could not be processed.</summary>
/// <param name="Name">The queue that they came from.</param>
/// <param name="Returned">How often one message was sent back.</param>
/// <param name="ReturnedAll">How often all that lay there were sent back.</param>
/// <param name="Discarded">How many were thrown away.</param>
/// <example>
/// {"name": "card-usages", "returned": 1, "returnedAll": 0, "discarded": 0}
/// </example>
public sealed record PoisonQueueView(string Name, int Returned, int ReturnedAll, int Discarded)
{
    internal static PoisonQueueView Of(PoisonQueue queue) => new(queue.Name, queue.Returned, queue.ReturnedAll, queue.Discarded);
}
