namespace SocialCard.Domain.Cards;

/// <summary>Something of a card that is an answer by itself, or a part of another.</summary>
public abstract record CardAnswer
{
    /// <summary>
    /// What stands in the way of using the card, in the order in which it is lifted, with every answer: empty where nothing does. Absent
    /// where this is a part of another, or the repetition of an answer of version 1.0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Blocker>? Blockers { get; init; }
}
