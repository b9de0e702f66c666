namespace Azure.Data.Tables;

/// <summary>A row of a table: the two halves of its key, and what the service says about its last change.</summary>
public interface ITableEntity
{
    /// <summary>The partition; rows of one partition can change together in one transaction. At most 1 KiB.</summary>
    string PartitionKey { get; set; }

    /// <summary>The row within its partition. At most 1 KiB.</summary>
    string RowKey { get; set; }

    /// <summary>When the service last changed the row. The service sets it; a value sent to it is ignored.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version of the row that was read, for a conditional change.</summary>
    ETag ETag { get; set; }
}
