namespace Azure.Data.Tables;

/// <summary>One change within an entity group transaction.</summary>
public class TableTransactionAction
{
    /// <summary>An action that does not look at the row's version.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    /// <summary>An action that, for an update or a delete, fails the transaction unless the row still has this version.</summary>
    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The row, by its keys, and its properties.</param>
    /// <param name="etag">The version the row must have; the default and <see cref="ETag.All"/> accept any.</param>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    /// <summary>What to do.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>The row.</summary>
    public ITableEntity Entity { get; }

    /// <summary>The version the row must have.</summary>
    public ETag ETag { get; }
}
