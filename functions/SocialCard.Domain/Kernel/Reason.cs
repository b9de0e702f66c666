namespace SocialCard.Domain.Kernel;

/// <summary>Why somebody has done something, in his own words: 1 to 200 characters. It stands on a timeline and names no person.</summary>
[JsonConverter(typeof(EdgeTextConverter<Reason>))]
public sealed record Reason : IEdgeText<Reason>
{
    private const int Longest = 200;

    private Reason(string value) => Value = value;

    /// <summary>The words.</summary>
    public string Value { get; }

    static string IEdgeText<Reason>.Expected => "1 to 200 characters that can be read, without personal data.";

    static string IEdgeText<Reason>.Example => "ended by hand";

    static bool IEdgeText<Reason>.TryRead(string text, out Reason value)
    {
        value = new(text.Trim());
        return value.Value.Length is > 0 and <= Longest && !value.Value.Any(char.IsControl);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
