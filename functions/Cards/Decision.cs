namespace SocialCard.Cards;

/// <summary>
/// What a card says to a command: a new state with the events that lead to it, "it is so already", or a refusal.
/// </summary>
public sealed record Decision
{
    private Decision(Card? card, IReadOnlyList<CardEvent> events, Refusal? refusal) =>
        (Card, Events, Refusal) = (card, events, refusal);

    /// <summary>How many of the events, from the first, are what time alone had done before the command came.</summary>
    internal int Settled { get; private init; }

    /// <summary>Resources of the card that the change creates or updates, stored with it.</summary>
    public IReadOnlyList<CardDocument> Documents { get; init; } = [];

    /// <summary>The card after the command; null when it was refused.</summary>
    public Card? Card { get; }

    /// <summary>What happened, in order; empty when nothing did.</summary>
    public IReadOnlyList<CardEvent> Events { get; }

    /// <summary>Why the command was refused; null when it was not.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Why a report was refused that the card notes nonetheless; null for any other decision.</summary>
    public Refusal? Noted { get; private init; }

    /// <summary>The command is accepted: the card takes a new state.</summary>
    public static Decision Changed(Card card, params IReadOnlyList<CardEvent> events) => new(card, events, null);

    /// <summary>The command is accepted and asks for what is so already.</summary>
    public static Decision Unchanged(Card card) => new(card, [], null);

    /// <summary>A report from outside is refused, and the card notes that it came; nothing else changes.</summary>
    public static Decision RefusedAndNoted(Card card, Refusal refusal, CardEvent note) => new(card, [note], null) { Noted = refusal };

    /// <summary>The same after what time alone had done to the card before the command came.</summary>
    internal Decision After(Decision settled) => settled.Events.Count == 0 || Refusal is not null
        ? this
        : new(Card, [.. settled.Events, .. Events], null)
        {
            Documents = [.. settled.Documents, .. Documents],
            Settled = settled.Events.Count,
            Noted = Noted,
        };

    /// <summary>A refusal is a decision.</summary>
    public static implicit operator Decision(Refusal refusal) => Refused(refusal);

    /// <summary>The command is refused; the card stays as it is.</summary>
    public static Decision Refused(Refusal refusal) => new(null, [], refusal);
}
