using System.Text.Json;
using SocialCard.LossReports;
using SocialCard.Notices;

namespace SocialCard.Ledgers;

/// <summary>
/// Something to be sent because of a change. It is stored in the same transaction as the change and removed once
/// delivered; delivering it twice does no harm, because it names its instance, event or message.
/// </summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Target">The workflow's name, the event's, the queue's, or the table's.</param>
/// <param name="InstanceId">The workflow instance; null for anything else.</param>
/// <param name="Body">The input, event payload or message, as JSON.</param>
public sealed record Outgoing(OutgoingKind Kind, string Target, string? InstanceId, string Body)
{
    /// <summary>Start a workflow. Its input is written as the Durable Task converter reads it: by the names of the properties.</summary>
    public static Outgoing Start(string orchestration, string instanceId, object input) =>
        new(OutgoingKind.StartWorkflow, orchestration, instanceId, JsonSerializer.Serialize(input));

    /// <summary>Tell a waiting workflow.</summary>
    public static Outgoing Raise(string eventName, string instanceId) =>
        new(OutgoingKind.RaiseEvent, eventName, instanceId, "null");

    /// <summary>Hand a notice to the message gateway.</summary>
    public static Outgoing Notify(Notice notice) => Send(Notice.Queue, notice);

    /// <summary>Put a message on a queue; it carries an id by which a repeated delivery is known.</summary>
    public static Outgoing Send(string queue, object message) =>
        new(OutgoingKind.QueueMessage, queue, null, JsonSerializer.Serialize(message, SocialCardJson.Compact));

    /// <summary>Have the invalid-card list take over where a card stands.</summary>
    public static Outgoing List(InvalidCardStanding standing) =>
        new(OutgoingKind.InvalidCard, InvalidCards.Table, null, JsonSerializer.Serialize(standing, SocialCardJson.Compact));
}

/// <summary>The kinds of outgoing messages.</summary>
public enum OutgoingKind
{
    /// <summary>Start a workflow instance.</summary>
    StartWorkflow,

    /// <summary>Raise an event to a workflow instance.</summary>
    RaiseEvent,

    /// <summary>Put a message on a storage queue.</summary>
    QueueMessage,

    /// <summary>Change the invalid-card list.</summary>
    InvalidCard,
}
