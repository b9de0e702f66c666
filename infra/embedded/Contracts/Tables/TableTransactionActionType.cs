namespace Azure.Data.Tables;

/// <summary>What one action of a transaction does with its row.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts a row that must not exist.</summary>
    Add = 0,

    /// <summary>Merges into a row that must exist and match the action's ETag.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces a row that must exist and match the action's ETag.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes a row that must exist and match the action's ETag.</summary>
    Delete = 3,

    /// <summary>Inserts the row, or merges into it where it exists.</summary>
    UpsertMerge = 4,

    /// <summary>Inserts the row, or replaces it where it exists.</summary>
    UpsertReplace = 5,
}
