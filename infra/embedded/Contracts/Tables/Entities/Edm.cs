using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>
/// The values of the Entity Data Model in the service's JSON. Strings, booleans and 32-bit numbers are JSON's own; the other
/// types are annotated (<c>"x@odata.type":"Edm.Int64","x":"1"</c>), and the annotation comes before the value.
/// </summary>
internal static class Edm
{
    public const string Binary = "Edm.Binary";
    public const string Boolean = "Edm.Boolean";
    public const string DateTime = "Edm.DateTime";
    public const string Double = "Edm.Double";
    public const string Guid = "Edm.Guid";
    public const string Int32 = "Edm.Int32";
    public const string Int64 = "Edm.Int64";
    public const string String = "Edm.String";

    private const string PositiveInfinity = "Infinity";
    private const string NegativeInfinity = "-Infinity";
    private const string NotANumber = "NaN";

    public static void Write(Utf8JsonWriter writer, Column column, string? value)
    {
        if (value is not null)
            writer.WriteString(column.Json, value);
    }

    public static void Write(Utf8JsonWriter writer, Column column, bool value) => writer.WriteBoolean(column.Json, value);

    public static void Write(Utf8JsonWriter writer, Column column, int value) => writer.WriteNumber(column.Json, value);

    public static void Write(Utf8JsonWriter writer, Column column, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        writer.WriteString(column.JsonType, Int64);
        writer.WriteString(column.Json, digits[..length]);
    }

    public static void Write(Utf8JsonWriter writer, Column column, double value)
    {
        writer.WriteString(column.JsonType, Double);
        if (double.IsFinite(value))
            writer.WriteNumber(column.Json, value);
        else
            writer.WriteString(column.Json, double.IsNaN(value) ? NotANumber : value > 0 ? PositiveInfinity : NegativeInfinity);
    }

    /// <exception cref="NotSupportedException">The time is not UTC, so that what instant it means is anyone's guess.</exception>
    public static void Write(Utf8JsonWriter writer, Column column, DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Property {column.Name} is {value:O} of kind {value.Kind}; the service stores UTC. Use DateTime.SpecifyKind or a DateTimeOffset."));
        }

        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(value, text, out var length, 'O');
        writer.WriteString(column.JsonType, DateTime);
        writer.WriteString(column.Json, text[..length]);
    }

    public static void Write(Utf8JsonWriter writer, Column column, DateTimeOffset value) => Write(writer, column, value.UtcDateTime);

    public static void Write(Utf8JsonWriter writer, Column column, Guid value)
    {
        writer.WriteString(column.JsonType, Guid);
        writer.WriteString(column.Json, value);
    }

    public static void Write(Utf8JsonWriter writer, Column column, byte[]? value)
    {
        if (value is not null)
            WriteBinary(writer, column, value);
    }

    public static void Write(Utf8JsonWriter writer, Column column, BinaryData? value)
    {
        if (value is not null)
            WriteBinary(writer, column, value.ToMemory().Span);
    }

    /// <summary>Writes a value of a type known only at run time. The service has no null: a property without value is left out.</summary>
    /// <exception cref="NotSupportedException">The type has no counterpart in the Entity Data Model.</exception>
    public static void Write(Utf8JsonWriter writer, Column column, object? value)
    {
        switch (value)
        {
            case null: break;
            case string text: Write(writer, column, text); break;
            case bool truth: Write(writer, column, truth); break;
            case int number: Write(writer, column, number); break;
            case long number: Write(writer, column, number); break;
            case double number: Write(writer, column, number); break;
            case DateTime time: Write(writer, column, time); break;
            case DateTimeOffset time: Write(writer, column, time); break;
            case Guid guid: Write(writer, column, guid); break;
            case byte[] bytes: Write(writer, column, bytes); break;
            case BinaryData data: Write(writer, column, data); break;
            case Enum name: Write(writer, column, name.ToString()); break;
            default: throw NoCounterpart(column.Name, value.GetType());
        }
    }

    public static long ReadInt64(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetInt64()
        : long.Parse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static double ReadDouble(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetDouble()
        : reader.GetString() switch
        {
            NotANumber => double.NaN,
            PositiveInfinity => double.PositiveInfinity,
            NegativeInfinity => double.NegativeInfinity,
            var text => double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture),
        };

    public static byte[] ReadBinary(ref Utf8JsonReader reader) => reader.GetBytesFromBase64();

    /// <summary>Reads a value by its annotation, or as what the JSON says where it has none.</summary>
    public static object? Read(ref Utf8JsonReader reader, string? type) => (type, reader.TokenType) switch
    {
        (_, JsonTokenType.Null) => null,
        (Int64, _) => ReadInt64(ref reader),
        (Double, _) => ReadDouble(ref reader),
        (DateTime, _) => reader.GetDateTimeOffset(),
        (Guid, _) => reader.GetGuid(),
        (Binary, _) => ReadBinary(ref reader),
        (_, JsonTokenType.String) => reader.GetString(),
        (_, JsonTokenType.True) => true,
        (_, JsonTokenType.False) => false,
        (_, JsonTokenType.Number) => ReadNumber(ref reader),
        _ => throw new FormatException($"The service answered with a property that is a {reader.TokenType}."),
    };

    /// <summary>The annotation's value, as one of this class's constants.</summary>
    public static string? ReadType(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals(Int64) ? Int64
        : reader.ValueTextEquals(DateTime) ? DateTime
        : reader.ValueTextEquals(Double) ? Double
        : reader.ValueTextEquals(Guid) ? Guid
        : reader.ValueTextEquals(Binary) ? Binary
        : null;

    public static NotSupportedException NoCounterpart(string property, Type type) =>
        new($"Property {property} is a {type}, which the table service cannot store.");

    private static void WriteBinary(Utf8JsonWriter writer, Column column, ReadOnlySpan<byte> value)
    {
        writer.WriteString(column.JsonType, Binary);
        writer.WriteBase64String(column.Json, value);
    }

    // A double without annotation always has a point or an exponent ("5.0"), so that it differs from an Int32.
    private static object ReadNumber(ref Utf8JsonReader reader) =>
        reader.TryGetInt32(out var number) ? (object)number : reader.GetDouble();
}
