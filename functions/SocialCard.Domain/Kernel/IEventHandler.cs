namespace SocialCard.Domain.Kernel;

/// <summary>
/// A capability's answer to what happened to an aggregate: which workflows to start or tell, which notices to send. Pure: it
/// sees the aggregate before and after, and the events.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public interface IEventHandler<TState>
    where TState : class
{
    /// <summary>What is to be sent because of a change.</summary>
    /// <param name="before">The aggregate before; null for a new one.</param>
    /// <param name="after">The aggregate after.</param>
    /// <param name="events">What happened, in order.</param>
    /// <param name="now">When.</param>
    IEnumerable<OutboxMessage> Handle(TState? before, TState after, IReadOnlyList<DomainEvent> events, DateTimeOffset now);
}
