namespace SocialCard.Domain.Cards;

/// <summary>Something of a card that is an answer by itself, or a part of another.</summary>
public abstract record CardAnswer
{
    /// <summary>What stands in the way of using the card, with every answer; absent where this is a part of another.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Blocker>? Blockers { get; init; }
}
