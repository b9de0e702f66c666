namespace SocialCard.Functions.Activation;

/// <summary>A sender's name for a message, by which a repetition is known: 1 to 64 characters.</summary>
[JsonConverter(typeof(EdgeTextConverter<MessageId>))]
public sealed record MessageId : IEdgeText<MessageId>
{
    private const int Longest = 64;

    private MessageId(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    static string IEdgeText<MessageId>.Expected => "1 to 64 characters.";

    static string IEdgeText<MessageId>.Example => "message";

    static bool IEdgeText<MessageId>.TryRead(string text, out MessageId value)
    {
        value = new(text);
        return text.Length is > 0 and <= Longest;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
