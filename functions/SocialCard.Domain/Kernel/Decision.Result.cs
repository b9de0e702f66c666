namespace SocialCard.Domain.Kernel;

/// <summary>What an aggregate says to a command that also asks for something: the decision, and what came of it.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
/// <typeparam name="TResult">What was asked for.</typeparam>
/// <param name="Made">The decision.</param>
/// <param name="Result">What came of it; nothing where the command was refused.</param>
public sealed record Decision<TState, TResult>(Decision<TState> Made, TResult? Result)
    where TState : class
{
#pragma warning disable CA2225 // The named alternative is the constructor.
    /// <summary>A refusal is a decision.</summary>
    public static implicit operator Decision<TState, TResult>(Refusal refusal) => new(refusal, default);

    /// <summary>A decision of which nothing else comes is one.</summary>
    public static implicit operator Decision<TState, TResult>(Decision<TState> made) => new(made, default);
#pragma warning restore CA2225
}
