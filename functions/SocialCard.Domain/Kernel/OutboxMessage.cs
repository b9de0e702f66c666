using System.Text.Json;

namespace SocialCard.Domain.Kernel;

/// <summary>
/// Something to be sent because of a change. It is stored in the same transaction as the change and removed once
/// delivered; delivering it twice does no harm, because it names its instance, event or message.
/// </summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Target">The workflow's name, the event's, the queue's, or the projection's.</param>
/// <param name="InstanceId">The workflow instance; null for anything else.</param>
/// <param name="Body">The input, event payload or message, as JSON.</param>
public sealed record OutboxMessage(OutboxMessageKind Kind, string Target, string? InstanceId, string Body)
{
    /// <summary>Start a workflow. Its input is written as the Durable Task converter reads it: by the names of the properties.</summary>
    public static OutboxMessage Start(string orchestration, string instanceId, object input) =>
        new(OutboxMessageKind.StartWorkflow, orchestration, instanceId, JsonSerializer.Serialize(input));

    /// <summary>Tell a waiting workflow.</summary>
    public static OutboxMessage Raise(string eventName, string instanceId) =>
        new(OutboxMessageKind.RaiseEvent, eventName, instanceId, "null");

    /// <summary>End a workflow.</summary>
    public static OutboxMessage Terminate(string instanceId) => new(OutboxMessageKind.TerminateWorkflow, "", instanceId, "null");

    /// <summary>Start a workflow again, with the input that it had, that has failed or was ended.</summary>
    public static OutboxMessage Restart(string instanceId) => new(OutboxMessageKind.RestartWorkflow, "", instanceId, "null");

    /// <summary>Put a message on a queue; it carries an id by which a repeated delivery is known.</summary>
    public static OutboxMessage Send(string queue, object message) =>
        new(OutboxMessageKind.QueueMessage, queue, null, JsonSerializer.Serialize(message, SocialCardJson.Compact));

    /// <summary>Have a projection, such as a list, take over where the aggregate stands.</summary>
    public static OutboxMessage Project(string projection, object standing) =>
        new(OutboxMessageKind.Projection, projection, null, JsonSerializer.Serialize(standing, SocialCardJson.Compact));
}

/// <summary>The kinds of outgoing messages.</summary>
public enum OutboxMessageKind
{
    /// <summary>Start a workflow instance.</summary>
    StartWorkflow,

    /// <summary>Raise an event to a workflow instance.</summary>
    RaiseEvent,

    /// <summary>Put a message on a storage queue.</summary>
    QueueMessage,

    /// <summary>Bring a projection up to date.</summary>
    Projection,

    /// <summary>End a workflow instance.</summary>
    TerminateWorkflow,

    /// <summary>Start an ended workflow instance again.</summary>
    RestartWorkflow,
}
