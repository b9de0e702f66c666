using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>How the entities of one class become JSON and come back; built once for a class.</summary>
internal abstract class EntityModel
{
    protected const string TimestampName = nameof(ITableEntity.Timestamp);

    private static readonly ConcurrentDictionary<Type, EntityModel> s_models = new() { [typeof(TableEntity)] = new DictionaryModel() };

    private static readonly Column s_partitionKey = Column.Of(nameof(ITableEntity.PartitionKey));

    private static readonly Column s_rowKey = Column.Of(nameof(ITableEntity.RowKey));

    /// <exception cref="NotSupportedException">The class has a property of a type that the service cannot store.</exception>
    public static EntityModel Of(Type type) => s_models.TryGetValue(type, out var model) ? model : s_models.GetOrAdd(type, Make);

    /// <summary>Writes the JSON object of an entity.</summary>
    public void Write(Utf8JsonWriter writer, ITableEntity entity)
    {
        writer.WriteStartObject();
        Edm.Write(writer, s_partitionKey, entity.PartitionKey);
        Edm.Write(writer, s_rowKey, entity.RowKey);
        WriteProperties(writer, entity);
        writer.WriteEndObject();
    }

    /// <summary>Reads the JSON object at which the reader stands.</summary>
    /// <exception cref="InvalidOperationException">A stored value does not fit the class's property.</exception>
    public abstract ITableEntity Read(ref Utf8JsonReader reader);

    /// <summary>Writes what is not a key. The service ignores a timestamp, and refuses an ETag here.</summary>
    protected abstract void WriteProperties(Utf8JsonWriter writer, ITableEntity entity);

    private static EntityModel Make(Type type)
    {
        if (!type.IsClass || type.IsAbstract)
            throw new NotSupportedException($"{type} cannot be an entity: it is not a class that can be instantiated.");
        const BindingFlags Constructor = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions;
        return (EntityModel)Activator.CreateInstance(typeof(ClassModel<>).MakeGenericType(type), Constructor, null, null, null)!;
    }
}
