using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialCard.Embedded.Durable;

/// <summary>The text form of a log: one JSON object a line.</summary>
internal static class HistoryText
{
    // The text goes into a table property, never into a page: Chinese text and quotes may stay short.
    private static readonly HistoryJson Json = new(
        new JsonSerializerOptions(HistoryJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(HistoryEvent record) => JsonSerializer.Serialize(record, Json.HistoryEvent);

    public static HistoryEvent Read(string line)
        => JsonSerializer.Deserialize(line, Json.HistoryEvent) ?? throw new JsonException("A line of the history is null.");

    public static string WriteTags(IReadOnlyDictionary<string, string> tags)
        => JsonSerializer.Serialize(tags, Json.IReadOnlyDictionaryStringString);

    public static IReadOnlyDictionary<string, string>? ReadTags(string text)
        => JsonSerializer.Deserialize(text, Json.IReadOnlyDictionaryStringString);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
