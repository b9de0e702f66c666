using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables;

/// <summary>Which properties of an entity class are stored, and under what names.</summary>
internal static class EntityColumns
{
    /// <summary>Whether the property is one of the class's own, neither of <see cref="ITableEntity"/> nor marked as left out.</summary>
    public static bool IsStored(MemberInfo property) =>
        property.Name is not (nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey)
            or nameof(ITableEntity.Timestamp) or nameof(ITableEntity.ETag))
        && !property.IsDefined(typeof(IgnoreDataMemberAttribute));

    /// <summary>The name under which it is stored.</summary>
    public static string NameOf(MemberInfo property) => property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name;
}
