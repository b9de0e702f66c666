namespace Azure.Data.Tables.Models;

/// <summary>A table of the account.</summary>
public class TableItem
{
    /// <summary>The table of that name.</summary>
    public TableItem(string name) => Name = name;

    /// <summary>Letters and digits, starting with a letter, 3 to 63 of them; unique without regard to case.</summary>
    public string Name { get; }
}
