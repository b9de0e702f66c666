namespace SocialCard.Functions.Storage;

/// <summary>
/// What is noted beside an aggregate's state with every change, and listed elsewhere: a text, so that it is known to the letter what is
/// listed of an aggregate when the next change comes.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public interface IStanding<in TState>
    where TState : class
{
    /// <summary>The projection that keeps the list: it is told of each <see cref="StandingChange"/>.</summary>
    string Projection { get; }

    /// <summary>What is to be noted after a change; pure.</summary>
    /// <param name="before">What was noted; null where nothing was.</param>
    /// <param name="after">The aggregate after the change.</param>
    /// <param name="events">What happened, in order.</param>
    /// <param name="now">When.</param>
    string? NoteOf(string? before, TState after, IReadOnlyList<DomainEvent> events, DateTimeOffset now);
}

/// <summary>A change of what is noted beside an aggregate.</summary>
/// <param name="Key">The aggregate.</param>
/// <param name="Before">What was noted.</param>
/// <param name="After">What is.</param>
public sealed record StandingChange(string Key, string? Before, string? After);
