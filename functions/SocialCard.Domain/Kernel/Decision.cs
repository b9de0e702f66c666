namespace SocialCard.Domain.Kernel;

/// <summary>
/// What an aggregate says to a command: a new state with the events that lead to it, "it is so already", or a refusal.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public sealed record Decision<TState>
    where TState : class
{
    internal Decision(TState? state, IReadOnlyList<DomainEvent> events, Refusal? refusal) =>
        (State, Events, Refusal) = (state, events, refusal);

    /// <summary>How many of the events, from the first, are what time alone had done before the command came.</summary>
    public int Elapsed { get; private init; }

    /// <summary>Resources of the aggregate that the change creates or updates, stored with it.</summary>
    public IReadOnlyList<ResourceDocument> Documents { get; init; } = [];

    /// <summary>The aggregate after the command; null when it was refused.</summary>
    public TState? State { get; }

    /// <summary>What happened, in order; empty when nothing did.</summary>
    public IReadOnlyList<DomainEvent> Events { get; }

    /// <summary>Why the command was refused; null when it was not.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The decision with what came of it.</summary>
    public Decision<TState, TResult> With<TResult>(TResult? result) => new(this, result);

    /// <summary>The same after what time alone had done before the command came.</summary>
    public Decision<TState> After(Decision<TState> elapsed)
    {
        ArgumentNullException.ThrowIfNull(elapsed);
        return elapsed.Events.Count == 0 || Refusal is not null
            ? this
            : new(State, [.. elapsed.Events, .. Events], null)
            {
                Documents = [.. elapsed.Documents, .. Documents],
                Elapsed = elapsed.Events.Count,
            };
    }

#pragma warning disable CA2225 // The named alternative is Decision.Refused.
    /// <summary>A refusal is a decision.</summary>
    public static implicit operator Decision<TState>(Refusal refusal) => new(null, [], refusal);
#pragma warning restore CA2225
}

/// <summary>The kinds of decisions.</summary>
public static class Decision
{
    /// <summary>The command is accepted: the aggregate takes a new state.</summary>
    public static Decision<TState> Changed<TState>(TState state, params IReadOnlyList<DomainEvent> events)
        where TState : class => new(state, events, null);

    /// <summary>The command is accepted and asks for what is so already.</summary>
    public static Decision<TState> Unchanged<TState>(TState state)
        where TState : class => new(state, [], null);

    /// <summary>A report from outside is refused, and it is noted that it came; nothing else changes. The refusal comes of it.</summary>
    public static Decision<TState, Refusal> RefusedAndNoted<TState>(TState state, Refusal refusal, DomainEvent note)
        where TState : class => new(Changed(state, note), refusal);
}
