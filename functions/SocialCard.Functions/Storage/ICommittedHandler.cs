namespace SocialCard.Functions.Storage;

/// <summary>Looks at a change once it is stored, for what is measured and not kept.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public interface ICommittedHandler<TState>
    where TState : class
{
    /// <summary>A change is stored.</summary>
    /// <param name="before">The aggregate before; null for a new one.</param>
    /// <param name="after">The aggregate after.</param>
    /// <param name="events">What happened, in order.</param>
    /// <param name="now">When.</param>
    void Committed(TState? before, TState after, IReadOnlyList<DomainEvent> events, DateTimeOffset now);
}
