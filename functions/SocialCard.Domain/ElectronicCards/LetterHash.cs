namespace SocialCard.Domain.ElectronicCards;

/// <summary>The SHA-256 of a commitment letter, which a guardian signs: 64 hexadecimal digits in small letters.</summary>
[JsonConverter(typeof(EdgeTextConverter<LetterHash>))]
public sealed record LetterHash : IEdgeText<LetterHash>
{
    private const int Length = 64;

    private LetterHash(string value) => Value = value;

    /// <summary>The digits.</summary>
    public string Value { get; }

    static string IEdgeText<LetterHash>.Expected => "64 hexadecimal digits.";

    static string IEdgeText<LetterHash>.Example => new('0', Length);

    static bool IEdgeText<LetterHash>.TryRead(string text, out LetterHash value)
    {
        value = new(text);
        return text.Length == Length && text.All(char.IsAsciiHexDigitLower);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
