using System.Globalization;

namespace SocialCard.Benchmarks;

/// <summary>A table for the console that is Markdown as well: first column to the left, numbers to the right.</summary>
internal sealed class TextTable(string title, params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params object?[] cells) =>
        rows.Add([.. cells.Select(cell => cell switch
        {
            double number => number.ToString(number < 100 ? "0.0" : "0", CultureInfo.InvariantCulture),
            null => "",
            _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
        })]);

    public void Print()
    {
        int[] widths =
            [.. columns.Select((column, index) => Math.Max(3, rows.Select(row => row[index].Length).Append(column.Length).Max()))];
        Console.WriteLine();
        Console.WriteLine($"{title}:");
        Console.WriteLine();
        Print(columns, widths);
        Console.WriteLine("|"
            + string.Join('|', widths.Select((width, index) => index == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":"))
            + "|");
        foreach (var row in rows)
        {
            Print(row, widths);
        }
    }

    private static void Print(string[] cells, int[] widths) =>
        Console.WriteLine("| "
            + string.Join(" | ", cells.Select((cell, index) => index == 0 ? cell.PadRight(widths[index]) : cell.PadLeft(widths[index])))
            + " |");
}
