namespace Azure.Data.Tables;

/// <summary>What an update does with the properties of the stored row that the given entity does not have.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay.</summary>
    Merge = 0,

    /// <summary>They are removed.</summary>
    Replace = 1,
}
