using System.Globalization;
using System.Text.Json;

namespace SocialCard.Domain.Rules;

/// <summary>Writes a value as its text and reads it back, so that data files and stored workflow inputs stay readable.</summary>
internal sealed class TextConverter<T> : JsonConverter<T> where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
