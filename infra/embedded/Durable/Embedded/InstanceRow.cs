using System.Text;
using Azure;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>How an instance stands in the table: what the last commit wrote, and what the next one has to add, move or remove.</summary>
internal sealed class InstanceRow
{
    /// <summary>The row's ETag; default while there is no row.</summary>
    public ETag ETag { get; set; }

    /// <summary>The execution that the stored pages belong to.</summary>
    public int Execution { get; set; }

    /// <summary>How many sealed pages precede the tail.</summary>
    public int Pages { get; set; }

    /// <summary>The text of the log behind the sealed pages.</summary>
    public StringBuilder Tail { get; } = new();

    /// <summary>Whether a work row stands beside the instance.</summary>
    public bool HasWork { get; set; }

    /// <summary>The due time of the timer row beside the instance.</summary>
    public DateTime? Due { get; set; }

    /// <summary>Pages of earlier executions, to be deleted with the next commit.</summary>
    public List<string> StalePages { get; } = [];
}
