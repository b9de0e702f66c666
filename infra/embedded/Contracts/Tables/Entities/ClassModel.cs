using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>
/// The model of an entity class. Every public property is stored that has a getter and read that has a setter of any
/// visibility; <see cref="IgnoreDataMemberAttribute"/> leaves one out, <see cref="DataMemberAttribute"/> renames one.
/// The members of <see cref="ITableEntity"/> go through the interface, so that they may be implemented explicitly.
/// </summary>
internal sealed class ClassModel<TEntity> : EntityModel
    where TEntity : class, ITableEntity
{
    private readonly Property[] _read;

    private readonly Property[] _written;

    public ClassModel()
    {
        Property[] own =
        [
            .. typeof(TEntity).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => EntityColumns.IsStored(property) && property.GetIndexParameters().Length == 0)
                .DistinctBy(property => property.Name)
                .Select(property => (Property)typeof(ClassModel<TEntity>)
                    .GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(property.PropertyType)
                    .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [property], null)!),
        ];
        _written = Array.FindAll(own, property => property.Write is not null);
        _read =
        [
            new(TableEntity.ETagKey, null, (ref reader, entity) => entity.ETag = new ETag(reader.GetString()!)),
            new(nameof(ITableEntity.PartitionKey), null, (ref reader, entity) => entity.PartitionKey = reader.GetString()!),
            new(nameof(ITableEntity.RowKey), null, (ref reader, entity) => entity.RowKey = reader.GetString()!),
            new(TimestampName, null, (ref reader, entity) => entity.Timestamp = reader.GetDateTimeOffset()),
            .. own.Where(property => property.Read is not null),
        ];
    }

    private delegate void Writer(Utf8JsonWriter writer, TEntity entity);

    private delegate void Reader(ref Utf8JsonReader reader, TEntity entity);

    public override ITableEntity Read(ref Utf8JsonReader reader)
    {
        var entity = Activator.CreateInstance<TEntity>();
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.ValueSpan.EndsWith("@odata.type"u8) ? null : Find(ref reader, ref expected);
            reader.Read();
            if (property is null || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            try
            {
                property.Read!(ref reader, entity);
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException)
            {
                throw new InvalidOperationException($"The stored {property.Name} does not fit the property of {typeof(TEntity)}.", e);
            }
        }

        return entity;
    }

    protected override void WriteProperties(Utf8JsonWriter writer, ITableEntity entity)
    {
        foreach (var property in _written)
            property.Write!(writer, (TEntity)entity);
    }

    private static Property Bind<TValue>(PropertyInfo property)
    {
        var name = EntityColumns.NameOf(property);
        var codec = EdmCodec.Of<TValue>() ?? throw Edm.NoCounterpart($"{typeof(TEntity)}.{property.Name}", typeof(TValue));
        var column = Column.Of(name);
        var get = property.GetGetMethod()?.CreateDelegate<Func<TEntity, TValue>>();
        var set = property.GetSetMethod(nonPublic: true)?.CreateDelegate<Action<TEntity, TValue>>();
        return new(
            name,
            get is null ? null : (writer, entity) => codec.Write(writer, column, get(entity)),
            set is null ? null : (ref reader, entity) => set(entity, codec.Read(ref reader)));
    }

    // Rows come with their properties in one order, so the next one is nearly always the one after the last.
    private Property? Find(ref Utf8JsonReader reader, ref int expected)
    {
        for (var tried = 0; tried < _read.Length; tried++)
        {
            var at = (expected + tried) % _read.Length;
            if (reader.ValueTextEquals(_read[at].Utf8Name))
            {
                expected = at + 1;
                return _read[at];
            }
        }

        return null;
    }

    private sealed class Property(string name, Writer? write, Reader? read)
    {
        public string Name => name;

        public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(name);

        public Writer? Write => write;

        public Reader? Read => read;
    }
}
