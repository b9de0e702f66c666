using SocialCard.Domain.Workflows;

namespace SocialCard.Functions.Waits;

/// <summary>Has a workflow follow what operations decided on it.</summary>
/// <typeparam name="TState">The aggregate that it belongs to.</typeparam>
public sealed class WorkflowInterventions<TState> : IEventHandler<TState>
    where TState : class
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(TState? before, TState after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(events);
        return
            from happened in events
            let message = happened switch
            {
                WorkflowTerminated terminated => OutboxMessage.Terminate(terminated.InstanceId),
                WorkflowRestarted restarted => OutboxMessage.Restart(restarted.InstanceId),
                _ => null,
            }
            where message is not null
            select message;
    }
}
