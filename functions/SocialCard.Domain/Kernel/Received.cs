using System.Text.Json;

namespace SocialCard.Domain.Kernel;

/// <summary>A message of a queue that was read: as strictly as a call's body, but for fields that are not known.</summary>
/// <typeparam name="T">Its form.</typeparam>
/// <param name="Value">The message.</param>
/// <param name="UnknownFields">The places of the fields that were skipped.</param>
public sealed record Received<T>(T Value, IReadOnlyList<string> UnknownFields)
    where T : class;

/// <summary>Reads the messages of queues.</summary>
public static class Received
{
    /// <summary>Reads a message.</summary>
    /// <typeparam name="T">Its form.</typeparam>
    /// <param name="message">The text.</param>
    /// <param name="invalid">The exception for one that cannot be taken; what it says holds no personal data.</param>
    public static Received<T> Read<T>(string message, Func<string, Exception> invalid)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(invalid);
        try
        {
            return new(
                JsonSerializer.Deserialize<T>(message, SocialCardJson.Tolerant) ?? throw invalid("The message is empty."),
                UnknownFields.In<T>(JsonSerializer.Deserialize<JsonElement>(message)));
        }
        catch (JsonException failure)
        {
            throw invalid($"The message is not of the expected form at {failure.Path}{Expected(failure)}");
        }
    }

    // Nothing of the serializer's own message goes out, which may quote what was sent, but the names of fields that are missing.
    private static string Expected(JsonException failure)
    {
        const string missing = "missing required properties including:";
        return failure is TextFault text ? $": {text.Expected}"
            : failure.Message.Split(missing) is [_, var names]
                ? $": it lacks {string.Join(", ", names.Split('\'').Where((_, at) => at % 2 == 1))}."
            : ".";
    }
}
