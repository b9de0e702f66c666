using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>The model of <see cref="TableEntity"/>: each row says itself what types its properties have.</summary>
internal sealed class DictionaryModel : EntityModel
{
    private const int LongestName = 512;

    public override ITableEntity Read(ref Utf8JsonReader reader)
    {
        var entity = new TableEntity();
        string? type = null;
        Span<char> buffer = stackalloc char[LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan.Length <= LongestName ? buffer[..reader.CopyString(buffer)] : reader.GetString().AsSpan();
            reader.Read();
            if (name.EndsWith(Column.TypeSuffix))
            {
                type = Edm.ReadType(ref reader);
                continue;
            }

            if (name is TimestampName)
                type = Edm.DateTime; // not annotated, like all that the service itself sets
            if (!name.StartsWith("odata.") || name is TableEntity.ETagKey)
                entity.Properties[Column.Of(name).Name] = Edm.Read(ref reader, type);
            type = null;
        }

        return entity;
    }

    protected override void WriteProperties(Utf8JsonWriter writer, ITableEntity entity)
    {
        foreach (var (name, value) in ((TableEntity)entity).Properties)
        {
            if (name is not (nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey) or TimestampName or TableEntity.ETagKey))
                Edm.Write(writer, Column.Of(name), value);
        }
    }
}
