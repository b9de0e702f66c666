namespace SocialCard.Tests.Orders;

/// <summary>
/// The page that says what messages come to in any order (<c>Api/ORDERS.md</c>). It is what the tests go by: a row or a cell of its tables
/// is a case.
/// </summary>
internal static class OrdersDocument
{
    /// <summary>The whole page.</summary>
    public static string Text { get; } =
        File.ReadAllText(Path.Combine(Repository.Root, "functions/SocialCard.Functions/Api/ORDERS.md"));

    /// <summary>The table beneath a heading.</summary>
    public static (string[] Head, string[][] Rows) Table(string heading)
    {
        var table = TransitionTable.Rows(string.Join('\n', Text.Split('\n')
            .SkipWhile(line => line.TrimStart('#', ' ') != heading || !line.StartsWith('#')).Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith('|'))));
        Assert.True(table.Length > 2, $"There is no table under {heading}.");
        return (table[0], table[2..]);
    }

    /// <summary>All orders of messages.</summary>
    public static IEnumerable<string[]> Permutations(string[] messages) => messages.Length == 0
        ? [[]]
        : messages.SelectMany(first =>
            Permutations([.. messages.Where(other => other != first)]).Select(rest => (string[])[first, .. rest]));
}
