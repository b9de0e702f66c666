using System.Collections.Concurrent;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>The name of a property, encoded once for all the rows that have it.</summary>
internal sealed class Column
{
    public const string TypeSuffix = "@odata.type";

    // A table has at most 255 properties and the tables are few; names made up at run time must not fill the memory.
    private const int MostRemembered = 4096;

    private static readonly ConcurrentDictionary<string, Column> s_columns = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, Column>.AlternateLookup<ReadOnlySpan<char>> s_columnsBySpan =
        s_columns.GetAlternateLookup<ReadOnlySpan<char>>();

    private Column(string name)
    {
        Name = name;
        Json = JsonEncodedText.Encode(name);
        JsonType = JsonEncodedText.Encode(name + TypeSuffix);
    }

    public string Name { get; }

    public JsonEncodedText Json { get; }

    /// <summary>The name of the annotation that tells the value's EDM type.</summary>
    public JsonEncodedText JsonType { get; }

    public static Column Of(string name) => s_columns.TryGetValue(name, out var column) ? column : Remember(name);

    public static Column Of(ReadOnlySpan<char> name) =>
        s_columnsBySpan.TryGetValue(name, out var column) ? column : Remember(name.ToString());

    private static Column Remember(string name)
    {
        var column = new Column(name);
        if (s_columns.Count < MostRemembered)
            s_columns.TryAdd(name, column);
        return column;
    }
}
