using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SocialCard.Functions.Operations;

/// <summary>
/// What of a message that could not be processed may be looked at. Its form shows and what says where it comes from; every other value is
/// hidden, for a message may carry anything.
/// </summary>
/// <param name="Form">What it is.</param>
/// <param name="Content">The masked content; null where it is no JSON.</param>
/// <param name="Bytes">How long it is, in bytes.</param>
public sealed partial record MaskedMessage(MessageForm Form, JsonElement? Content, int Bytes)
{
    private const string Hidden = "**";
    private const string CardNumberField = "cardNumber";

    // Words and ids of partners' systems, instants and kinds: nothing that is said of a person.
    private static readonly FrozenSet<string> Shown =
    [
        "at", "bankId", "channel", "eventId", "kind", "messageId", "month", "occasion", "occurredAt", "occurredOn", "partnerId",
        "receivedOn", "regionCode", "reportedAt", "type",
    ];

    /// <summary>Masks a message as it lies in its queue.</summary>
    public static MaskedMessage Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Base64.IsValid(text))
        {
            return new(MessageForm.Damaged, null, Encoding.UTF8.GetByteCount(text));
        }

        var body = Convert.FromBase64String(text);
        try
        {
            var content = JsonNode.Parse(body);
            return new(MessageForm.Json, JsonSerializer.SerializeToElement(Mask(content, null)), body.Length);
        }
        catch (JsonException)
        {
            return new(MessageForm.Text, null, body.Length);
        }
    }

    private static JsonNode? Mask(JsonNode? node, string? field) => node switch
    {
        JsonObject map => new JsonObject(
            map.Select(member => KeyValuePair.Create(NameOf(member.Key), Mask(member.Value, member.Key))).DistinctBy(member => member.Key)),
        JsonArray list => new JsonArray([.. list.Select(one => Mask(one, field))]),
        JsonValue value when field == CardNumberField && value.TryGetValue<string>(out var text)
            && CardNumber.TryParse(text, out var number) => number.Masked,
        JsonValue value when field is not null && Shown.Contains(field) && IsWord(value) => value.DeepClone(),
        null => null,
        _ => Hidden,
    };

    // A name of a field may itself be something else where the sender's software is wrong.
    private static string NameOf(string field) =>
        field.Length <= 32 && field.All(char.IsAsciiLetterOrDigit) && !field.All(char.IsAsciiDigit) ? field : Hidden;

    // A value under a wrong name may be a person's: a name is not ASCII, and the number of a document or a telephone has many digits.
    private static bool IsWord(JsonValue value) =>
        value.TryGetValue<string>(out var text) && text.Length <= 64 && text.All(char.IsAscii) && !ManyDigits().IsMatch(text);

    [GeneratedRegex("[0-9]{11}")]
    private static partial Regex ManyDigits();
}

/// <summary>What a message is.</summary>
public enum MessageForm
{
    /// <summary>JSON, as it is meant to be.</summary>
    Json,

    /// <summary>Some other text.</summary>
    Text,

    /// <summary>Not even base64.</summary>
    Damaged,
}
