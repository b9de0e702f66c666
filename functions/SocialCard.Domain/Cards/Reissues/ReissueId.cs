namespace SocialCard.Domain.Cards;

/// <summary>
/// The id of a reissue: the old card's number, a hyphen and the name that the operation gives, so that whoever has the id finds the card.
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<ReissueId>))]
public sealed record ReissueId : IEdgeText<ReissueId>
{
    private ReissueId(CardNumber card, string value) => (Card, Value) = (card, value);

    /// <summary>The old card.</summary>
    public CardNumber Card { get; }

    /// <summary>The id.</summary>
    public string Value { get; }

    static string IEdgeText<ReissueId>.Expected => "Not the id of a reissue.";

    static string IEdgeText<ReissueId>.Example => "A00000001-0123456789abcdef";

    /// <summary>The id of a reissue that an operation files.</summary>
    /// <param name="card">The old card.</param>
    /// <param name="resourceId">The name that the operation gives.</param>
    public static ReissueId Of(CardNumber card, string resourceId) => new(card, $"{card}-{resourceId}");

    static bool IEdgeText<ReissueId>.TryRead(string text, out ReissueId value)
    {
        value = null!;
        if (text.Split('-') is not [var card, var suffix] || !CardNumber.TryParse(card, out var number) || !ResourceId.IsOne(suffix))
        {
            return false;
        }

        value = new(number, text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
