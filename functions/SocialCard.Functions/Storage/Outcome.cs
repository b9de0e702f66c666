namespace SocialCard.Functions.Storage;

/// <summary>What came of an operation.</summary>
/// <typeparam name="TAnswer">What the caller is told.</typeparam>
#pragma warning disable CA1034 // The cases of a closed set belong to it.
public abstract record Outcome<TAnswer>
{
    private Outcome()
    {
    }

    /// <summary>The answer of an operation that the caller knows cannot be refused.</summary>
    /// <exception cref="InvalidOperationException">It was not carried out.</exception>
    public TAnswer Done() => this switch
    {
        Accepted accepted => accepted.Answer,
        Replayed replayed => replayed.Answer,
        _ => throw new InvalidOperationException($"The operation was not carried out: {GetType().Name}."),
    };

    /// <summary>Carried out now.</summary>
    /// <param name="Answer">The answer.</param>
    public sealed record Accepted(TAnswer Answer) : Outcome<TAnswer>;

    /// <summary>Carried out before.</summary>
    /// <param name="Answer">The first answer.</param>
    public sealed record Replayed(TAnswer Answer) : Outcome<TAnswer>;

    /// <summary>Refused by the aggregate or the policy, or because there is no such aggregate for the caller.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : Outcome<TAnswer>;

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : Outcome<TAnswer>;

    /// <summary>There is no such aggregate, or none that the caller may see.</summary>
    public sealed record NotFound : Outcome<TAnswer>;
}
#pragma warning restore CA1034
