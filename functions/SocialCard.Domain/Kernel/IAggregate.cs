namespace SocialCard.Domain.Kernel;

/// <summary>
/// Something with a life of its own that a repository keeps: it owns its transitions, which are pure and
/// give a <see cref="Decision{TState}"/>.
/// </summary>
/// <typeparam name="TSelf">The aggregate itself.</typeparam>
public interface IAggregate<TSelf>
    where TSelf : class, IAggregate<TSelf>
{
    /// <summary>The table that holds all aggregates of the kind, each in a partition of its own.</summary>
    static abstract string Table { get; }

    /// <summary>What one is called in keys; a word.</summary>
    static abstract string Kind { get; }

    /// <summary>What is answered where there is none of a key, or none that the caller may see.</summary>
    static abstract Refusal NotFound { get; }

    /// <summary>The key that a text, such as a part of an address, stands for; null where it can be none.</summary>
    static abstract string? KeyOf(string text);

    /// <summary>What names it for ever: its partition.</summary>
    string Key { get; }

    /// <summary>What logs may show of <see cref="Key"/>.</summary>
    string MaskedKey { get; }

    /// <summary>Columns beside the state, for operators' queries; no personal data.</summary>
    IEnumerable<KeyValuePair<string, string>> Columns { get; }

    /// <summary>The region whose rules it is under, by GB/T 2260.</summary>
    string RegionCode { get; }

    /// <summary>Whether it is within a partner's scope.</summary>
    bool IsSeenBy(Partner caller);

    /// <summary>What time alone has done to it.</summary>
    Decision<TSelf> AdvanceTo(DateTimeOffset asOf);
}
