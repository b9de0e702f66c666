namespace SocialCard.Domain.People;

/// <summary>A person's name as it was written, without the white space around it: 1 to 64 characters. Personal data.</summary>
[JsonConverter(typeof(EdgeTextConverter<PersonName>))]
public sealed record PersonName : IEdgeText<PersonName>
{
    private const int Longest = 64;

    private PersonName(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    static string IEdgeText<PersonName>.Expected => "Between 1 and 64 characters.";

    static string IEdgeText<PersonName>.Example => "王小明";

    static bool IEdgeText<PersonName>.TryRead(string text, out PersonName value)
    {
        value = new(text.Trim());
        return value.Value.Length is > 0 and <= Longest;
    }

    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "**";
}
