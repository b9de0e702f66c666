namespace SocialCard.Functions.Partners;

/// <summary>
/// What a bank signs its webhooks with (Standard Webhooks 1.0): <c>whsec_</c> and the base64 of 24 to 64 bytes. Secret: never shown.
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<WebhookSecret>))]
public sealed record WebhookSecret : IEdgeText<WebhookSecret>
{
    private const string Prefix = "whsec_";
    private const int ShortestBytes = 24;
    private const int LongestBytes = 64;

    private WebhookSecret(string value) => Value = value;

    /// <summary>The secret as the bank knows it.</summary>
    public string Value { get; }

    static string IEdgeText<WebhookSecret>.Expected => "whsec_ and base64.";

    static string IEdgeText<WebhookSecret>.Example => "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>The bytes of a secret.</summary>
    /// <exception cref="FormatException">The text is not <c>whsec_</c> and base64.</exception>
    public static byte[] BytesOf(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            ? Convert.FromBase64String(secret[Prefix.Length..])
            : throw new FormatException($"A webhook secret is {Prefix} followed by base64.");
    }

    static bool IEdgeText<WebhookSecret>.TryRead(string text, out WebhookSecret value)
    {
        value = new(text);
        Span<byte> bytes = stackalloc byte[LongestBytes];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            && length >= ShortestBytes;
    }

    /// <summary>Shows nothing of the secret.</summary>
    public override string ToString() => "**";
}
