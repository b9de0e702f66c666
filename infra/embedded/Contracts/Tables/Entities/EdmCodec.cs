using System.Text.Json;

namespace Azure.Data.Tables;

internal delegate void EdmWriter<in T>(Utf8JsonWriter writer, Column column, T value);

internal delegate T EdmReader<out T>(ref Utf8JsonReader reader);

/// <summary>How a property of one .NET type is stored.</summary>
internal sealed record EdmCodec<T>(EdmWriter<T> Write, EdmReader<T> Read);

/// <summary>The .NET types that an entity class's property can have.</summary>
internal static class EdmCodec
{
    private static readonly Dictionary<Type, object> s_codecs = new()
    {
        [typeof(string)] = new EdmCodec<string?>(Edm.Write, (ref reader) => reader.GetString()),
        [typeof(bool)] = new EdmCodec<bool>(Edm.Write, (ref reader) => reader.GetBoolean()),
        [typeof(int)] = new EdmCodec<int>(Edm.Write, (ref reader) => reader.GetInt32()),
        [typeof(long)] = new EdmCodec<long>(Edm.Write, Edm.ReadInt64),
        [typeof(double)] = new EdmCodec<double>(Edm.Write, Edm.ReadDouble),
        [typeof(DateTime)] = new EdmCodec<DateTime>(Edm.Write, (ref reader) => reader.GetDateTimeOffset().UtcDateTime),
        [typeof(DateTimeOffset)] = new EdmCodec<DateTimeOffset>(Edm.Write, (ref reader) => reader.GetDateTimeOffset()),
        [typeof(Guid)] = new EdmCodec<Guid>(Edm.Write, (ref reader) => reader.GetGuid()),
        [typeof(byte[])] = new EdmCodec<byte[]?>(Edm.Write, Edm.ReadBinary),
        [typeof(BinaryData)] = new EdmCodec<BinaryData?>(Edm.Write, (ref reader) => new BinaryData(Edm.ReadBinary(ref reader))),
    };

    /// <summary>The codec of a type; null where the service cannot store it.</summary>
    public static EdmCodec<T>? Of<T>()
    {
        var type = typeof(T);
        var codec = s_codecs.GetValueOrDefault(type)
            ?? (type.IsEnum ? Make(nameof(OfEnum), type)
                : System.Nullable.GetUnderlyingType(type) is { } underlying ? Make(nameof(OfNullable), underlying)
                : null);
        return (EdmCodec<T>?)codec;

        static object? Make(string factory, Type argument) =>
            typeof(EdmCodec).GetMethod(factory)!.MakeGenericMethod(argument).Invoke(null, null);
    }

    public static EdmCodec<T?>? OfNullable<T>()
        where T : struct
    {
        return Of<T>() is not { } codec ? null : new(Write, (ref reader) => codec.Read(ref reader));

        void Write(Utf8JsonWriter writer, Column column, T? value)
        {
            if (value is { } present)
                codec.Write(writer, column, present);
        }
    }

    /// <summary>An enum is stored as its name.</summary>
    public static EdmCodec<T> OfEnum<T>()
        where T : struct, Enum =>
        new((writer, column, value) => Edm.Write(writer, column, value.ToString()), (ref reader) => Enum.Parse<T>(reader.GetString()!));
}
