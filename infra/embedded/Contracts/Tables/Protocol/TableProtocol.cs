using System.Text;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>The wording of the Table service's REST protocol: addresses, media types, bodies.</summary>
internal static class TableProtocol
{
    public const string Json = "application/json";

    /// <summary>JSON with the type of each property whose type does not show in the JSON.</summary>
    public const string MinimalMetadata = "application/json;odata=minimalmetadata";

    /// <summary>The value of the header Prefer that keeps the service from sending an inserted row back.</summary>
    public const string NoContent = "return-no-content";

    public static void RequireKeys(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
    }

    /// <summary>The address of a row below the endpoint, in which a quote within a key is doubled.</summary>
    public static string Row(string table, string partitionKey, string rowKey) =>
        $"{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    /// <summary>A query string of the parameters that have a value.</summary>
    public static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }

    public static string? Select(IEnumerable<string>? columns) => columns is null ? null : string.Join(',', columns);

    public static ITableEntity ReadEntity(Response response, EntityModel model)
    {
        var reader = new Utf8JsonReader(response.Content.ToMemory().Span);
        reader.Read();
        return model.Read(ref reader);
    }

    /// <summary>The rows of a page: the array "value" of the answer.</summary>
    public static IReadOnlyList<T> ReadEntities<T>(Response response, EntityModel model)
    {
        var rows = new List<T>();
        var reader = new Utf8JsonReader(response.Content.ToMemory().Span);
        EnterRows(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            rows.Add((T)model.Read(ref reader));
        return rows;
    }

    private static void EnterRows(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("value");
            reader.Read();
            if (found)
                return;
            reader.Skip();
        }

        throw new FormatException("The service answered a query without an array of rows.");
    }

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
