using System.Text.Json;

namespace SocialCard.Domain.Kernel;

/// <summary>Something that is written as a text, read at the edge, and from then on known to be right.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IEdgeText<TSelf>
{
    /// <summary>What is expected, for the caller.</summary>
    static abstract string Expected { get; }

    /// <summary>A text that would do.</summary>
    static abstract string Example { get; }

    /// <summary>The text.</summary>
    string Value { get; }

    /// <summary>Reads a text; false where it is none.</summary>
    static abstract bool TryRead(string text, out TSelf value);
}

/// <summary>Reads and writes an <see cref="IEdgeText{TSelf}"/> as JSON.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class EdgeTextConverter<T> : JsonConverter<T>
    where T : IEdgeText<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && T.TryRead(reader.GetString()!, out var value)
            ? value
            : throw new TextFault(T.Expected, T.Example);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.Value);
    }
}
