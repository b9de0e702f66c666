namespace SocialCard.Domain.Cards;

/// <summary>
/// The number of a temporary card: the card's number, a hyphen and the name that the operation gives, so that whoever is shown it finds the
/// card. Those of version 1.0 have the last part only, and are known to the card alone.
/// </summary>
public static class TemporaryCardId
{
    private const char Separator = '-';

    /// <summary>The number of the one that an operation issues.</summary>
    /// <param name="card">The card whose successor is under way.</param>
    /// <param name="resourceId">The name that the operation gives.</param>
    public static string Of(CardNumber card, string resourceId) => $"{card}{Separator}{resourceId}";

    /// <summary>The card that a number names; null where the text is no number of a temporary card.</summary>
    public static CardNumber? CardOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(Separator) is [var card, var name] && CardNumber.TryParse(card, out var number) && ResourceId.IsOne(name)
            ? number : null;
    }
}
