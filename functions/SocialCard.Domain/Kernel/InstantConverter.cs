using System.Text.Json;

namespace SocialCard.Domain.Kernel;

/// <summary>
/// Instants as RFC 3339 writes them. .NET takes more for one: a day, and a time without an offset, which it would read in the time zone
/// of whatever machine it runs on. They are written in UTC with a Z, whatever offset a value was computed in.
/// </summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Expected = "An RFC 3339 instant with its offset, such as 2026-03-02T08:00:00+08:00.";
    private const string Example = "2026-03-02T00:00:00Z";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) && HasSecondsAndOffset(reader.GetString()!)
            ? value.ToUniversalTime()
            : throw new TextFault(Expected, Example);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.UtcDateTime);
    }

    // Of what .NET has taken for an instant: 2026-03-02T08:00:00Z has twenty characters, and the second colon is the seventeenth.
    private static bool HasSecondsAndOffset(string text) =>
        text.Length >= Example.Length && text[16] == ':' && (text[^1] == 'Z' || text[^6] is '+' or '-');
}
