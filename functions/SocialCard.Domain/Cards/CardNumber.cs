using System.Diagnostics.CodeAnalysis;

namespace SocialCard.Domain.Cards;

/// <summary>
/// The number of a Social Security Card (社会保障卡卡号): nine digits or capital letters. It names the card, changes on
/// reissue, and is neither the citizen ID number nor the bank account number. No check digit is published.
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<CardNumber>))]
public readonly record struct CardNumber : IEdgeText<CardNumber>
{
    /// <summary>The length of every card number, in characters.</summary>
    public const int Length = 9;

    private readonly string? value;

    private CardNumber(string value) => this.value = value;

    /// <summary>The nine characters.</summary>
    public string Value => value ?? throw new InvalidOperationException("An unassigned card number has no value.");

    static string IEdgeText<CardNumber>.Expected => "Nine digits or capital letters.";

    static string IEdgeText<CardNumber>.Example => "A00000001";

    /// <summary>The number as logs show it: all but the last four characters hidden.</summary>
    public string Masked => string.Concat("*****", Value.AsSpan(Length - 4));

    /// <summary>Reads a card number; lower-case letters are not accepted, because the number is a storage key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CardNumber number)
    {
        if (text is { Length: Length } && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)))
        {
            number = new CardNumber(text);
            return true;
        }

        number = default;
        return false;
    }

    static bool IEdgeText<CardNumber>.TryRead(string text, out CardNumber value) => TryParse(text, out value);

    /// <summary>Reads a card number that is known to be one.</summary>
    /// <exception cref="FormatException">The text is not nine digits or capital letters.</exception>
    public static CardNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException("A card number is nine digits or capital letters.");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
