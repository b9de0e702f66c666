namespace SocialCard.Domain.Kernel;

/// <summary>Somebody else's name for something, such as the number of a verification: 1 to 64 visible ASCII characters.</summary>
[JsonConverter(typeof(EdgeTextConverter<Reference>))]
public sealed record Reference : IEdgeText<Reference>
{
    private const int Longest = 64;

    private Reference(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    static string IEdgeText<Reference>.Expected => "1 to 64 visible ASCII characters.";

    static string IEdgeText<Reference>.Example => "reference";

    static bool IEdgeText<Reference>.TryRead(string text, out Reference value)
    {
        value = new(text);
        return text.Length is > 0 and <= Longest && text.All(c => c is > ' ' and < (char)127);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
