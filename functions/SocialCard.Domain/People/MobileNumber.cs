namespace SocialCard.Domain.People;

/// <summary>A mobile telephone number of the mainland: eleven digits that begin with 1. Personal data.</summary>
[JsonConverter(typeof(EdgeTextConverter<MobileNumber>))]
public sealed record MobileNumber : IEdgeText<MobileNumber>
{
    private const int Length = 11;

    private MobileNumber(string value) => Value = value;

    /// <summary>The eleven digits.</summary>
    public string Value { get; }

    static string IEdgeText<MobileNumber>.Expected => "Eleven digits that begin with 1.";

    static string IEdgeText<MobileNumber>.Example => "13800138000";

    static bool IEdgeText<MobileNumber>.TryRead(string text, out MobileNumber value)
    {
        value = new(text);
        return text.Length == Length && text[0] == '1' && text.All(char.IsAsciiDigit);
    }

    /// <summary>Shows the first three digits and the last four.</summary>
    public override string ToString() => string.Concat(Value.AsSpan(0, 3), "****", Value.AsSpan(7));
}
