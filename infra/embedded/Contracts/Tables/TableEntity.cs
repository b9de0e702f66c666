using System.Collections;
using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>
/// A row as a dictionary of its properties: for rows of many shapes, and for changing exactly the properties named.
/// The keys, the timestamp and the ETag are entries of the dictionary too.
/// </summary>
/// <remarks>
/// A value is a string, bool, int, long, double, DateTime, DateTimeOffset, Guid, byte[], BinaryData or enum (stored as its
/// name). What is read back is a string, bool, int, long, double, DateTimeOffset, Guid or byte[].
/// </remarks>
public sealed class TableEntity : ITableEntity, IDictionary<string, object?>
{
    internal const string ETagKey = "odata.etag";

    private readonly Dictionary<string, object?> _properties;

    /// <summary>A row without keys or properties.</summary>
    public TableEntity() => _properties = [];

    /// <summary>A row with these properties, the keys among them.</summary>
    public TableEntity(IDictionary<string, object?> values) => _properties = values is null ? [] : new(values);

    /// <summary>A row with these keys.</summary>
    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <inheritdoc/>
    public string PartitionKey
    {
        get => GetString(nameof(PartitionKey))!;
        set => _properties[nameof(PartitionKey)] = value;
    }

    /// <inheritdoc/>
    public string RowKey
    {
        get => GetString(nameof(RowKey))!;
        set => _properties[nameof(RowKey)] = value;
    }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(nameof(Timestamp));
        set => _properties[nameof(Timestamp)] = value;
    }

    /// <inheritdoc/>
    public ETag ETag
    {
        get => GetString(ETagKey) is { } etag ? new ETag(etag) : default;
        set => _properties[ETagKey] = value.ToString();
    }

    /// <inheritdoc/>
    public int Count => _properties.Count;

    /// <inheritdoc/>
    public ICollection<string> Keys => _properties.Keys;

    internal Dictionary<string, object?> Properties => _properties;

    ICollection<object?> IDictionary<string, object?>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;

    /// <summary>The value of a property; null where the row does not have it.</summary>
    public object? this[string key]
    {
        get => _properties.GetValueOrDefault(key);
        set => _properties[key] = value;
    }

    /// <summary>The value of an Edm.Binary property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public byte[]? GetBinary(string key) => _properties.GetValueOrDefault(key) switch
    {
        BinaryData data => data.ToArray(),
        var value => As<byte[]>(key, value),
    };

    /// <inheritdoc cref="GetBinary"/>
    public BinaryData? GetBinaryData(string key) => _properties.GetValueOrDefault(key) switch
    {
        byte[] bytes => BinaryData.FromBytes(bytes),
        var value => As<BinaryData>(key, value),
    };

    /// <summary>The value of an Edm.Boolean property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public bool? GetBoolean(string key) => Get<bool?>(key);

    /// <summary>The value of an Edm.DateTime property in UTC; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public DateTime? GetDateTime(string key) => _properties.GetValueOrDefault(key) switch
    {
        DateTimeOffset instant => instant.UtcDateTime,
        var value => As<DateTime?>(key, value),
    };

    /// <summary>The value of an Edm.DateTime property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public DateTimeOffset? GetDateTimeOffset(string key) => _properties.GetValueOrDefault(key) switch
    {
        DateTime instant => new DateTimeOffset(instant),
        var value => As<DateTimeOffset?>(key, value),
    };

    /// <summary>The value of an Edm.Double property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public double? GetDouble(string key) => Get<double?>(key);

    /// <summary>The value of an Edm.Guid property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public Guid? GetGuid(string key) => Get<Guid?>(key);

    /// <summary>The value of an Edm.Int32 property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public int? GetInt32(string key) => Get<int?>(key);

    /// <summary>The value of an Edm.Int64 property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public long? GetInt64(string key) => Get<long?>(key);

    /// <summary>The value of an Edm.String property; null where the row does not have it.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public string? GetString(string key) => Get<string>(key);

    /// <inheritdoc/>
    public void Add(string key, object? value) => _properties.Add(key, value);

    /// <inheritdoc/>
    public void Clear() => _properties.Clear();

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key) => _properties.Remove(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out object? value) => _properties.TryGetValue(key, out value);

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Contains(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Remove(item);

    private T? Get<T>(string key) => As<T>(key, _properties.GetValueOrDefault(key));

    private static T? As<T>(string key, object? value) => value switch
    {
        null => default,
        T typed => typed,
        _ => throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Property {key} is a {value.GetType().Name}, not a {(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)).Name}.")),
    };
}
