namespace SocialCard.Functions.Waits;

/// <summary>Tells which workflows an aggregate of one kind waits with, and for what. A kind of aggregate with workflows has one.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public interface IWaitSource<in TState>
    where TState : class
{
    /// <summary>What aggregates of the kind are called.</summary>
    SubjectKind Subject { get; }

    /// <summary>Everything that an aggregate waits for as it stands at a moment; pure.</summary>
    IEnumerable<Wait> WaitsOf(TState state, DateTimeOffset now);
}
