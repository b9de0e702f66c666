namespace SocialCard.Tests;

/// <summary>
/// A table of text: a column a state, a row a command, and in each cell what comes of it: <see cref="Nothing"/>, the code of a
/// refusal, or the events with commas between.
/// </summary>
internal static class TransitionTable
{
    /// <summary>It is so already.</summary>
    public const string Nothing = "=";

    /// <summary>The cells of a table as (state, command, expected).</summary>
    public static TheoryData<string, string, string> Cells(string table)
    {
        var (rows, cells) = (Rows(table), new TheoryData<string, string, string>());
        foreach (var row in rows[1..])
        {
            for (var column = 1; column < row.Length; column++)
            {
                cells.Add(rows[0][column], row[0], row[column]);
            }
        }

        return cells;
    }

    /// <summary>The lines of a table, its head too, each split into cells.</summary>
    public static string[][] Rows(string table) =>
        [.. table.Split('\n').Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray())];
}
