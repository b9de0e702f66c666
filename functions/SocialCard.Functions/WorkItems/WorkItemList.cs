using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Functions.WorkItems;

/// <summary>
/// The work list: what there is to do, a partition a kind. An item has a row for each list that it is on, those of the regions around it
/// and of the bank that has a part in it, so that each list is read from one range of keys in the order of age; all rows of an item are
/// written in one transaction.
/// </summary>
public sealed partial class WorkItemList(TableServiceClient tables)
{
    /// <summary>The table of the list.</summary>
    public const string Table = "WorkItems";

    /// <summary>The form of a cursor: when an item began, and its id.</summary>
    public const string CursorForm = @"^[0-9]{21}-[0-9A-Za-z-]{1,100}\z";

    private const int LargestTransaction = 100;
    private const char AfterScope = '|';
    private const char BehindAfterScope = '}';

    private readonly TableClient rows = tables.GetTableClient(Table);

    /// <summary>The list of a region and all below it.</summary>
    public static string ScopeOfRegion(string regionCode) => ScopeOf(RegionLevel.PrefixOf(regionCode));

    /// <summary>The list of a bank.</summary>
    public static string ScopeOfBank(string bankId) => $"bank-{bankId}";

    /// <summary>Whether a text can be the cursor of an item.</summary>
    public static bool IsCursor(string text) => Cursor().IsMatch(text);

    /// <summary>Items of a kind, oldest first; one read, or one more each where the storage cuts an answer short.</summary>
    /// <param name="kind">What there is to do.</param>
    /// <param name="scope">Whose list.</param>
    /// <param name="after">The cursor of the last item that the reader has seen; null for the beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The items with their cursors, and whether there are more.</returns>
    public async Task<(IReadOnlyList<(string Cursor, WorkItem Item)> Items, bool More)> ReadAsync(
        WorkItemKind kind, string scope, string? after, int limit, CancellationToken cancellation)
    {
        var (partition, from, to) = (PartitionOf(kind), $"{scope}{AfterScope}{after}", $"{scope}{BehindAfterScope}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {from} and RowKey lt {to}");
        var found = new List<(string, WorkItem)>();
        await foreach (var row in rows.QueryAsync<ItemRow>(filter, limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == limit)
            {
                return (found, More: true);
            }

            found.Add((row.RowKey[(scope.Length + 1)..], JsonSerializer.Deserialize<WorkItem>(row.Item, SocialCardJson.Options)!));
        }

        return (found, More: false);
    }

    /// <summary>Takes items off the list and puts others on it. What is gone already, and what is there already, is no fault.</summary>
    internal async Task ReplaceAsync(IEnumerable<WorkItem> before, IEnumerable<WorkItem> after, CancellationToken cancellation)
    {
        var next = after.SelectMany(ItemRow.Of).ToList();
        var kept = next.Select(row => (row.PartitionKey, row.RowKey)).ToHashSet();
        var gone = before.SelectMany(ItemRow.Of).DistinctBy(row => (row.PartitionKey, row.RowKey))
            .Where(row => !kept.Contains((row.PartitionKey, row.RowKey)));
        var actions = next.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))
            .Concat(gone.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)));
        foreach (var kind in actions.GroupBy(action => action.Entity.PartitionKey))
        {
            foreach (var chunk in kind.Chunk(LargestTransaction))
            {
                await rows.SubmitLenientlyAsync(chunk, cancellation);
            }
        }
    }

    private static string ScopeOf(string regionPrefix) => $"region{regionPrefix}";

    private static string PartitionOf(WorkItemKind kind) => SocialCardJson.NameOf<WorkItemKind>(kind)!;

    [GeneratedRegex(CursorForm)]
    private static partial Regex Cursor();

    private sealed class ItemRow : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string Item { get; set; } = "";

        public static IEnumerable<ItemRow> Of(WorkItem item)
        {
            var cursor = string.Create(CultureInfo.InvariantCulture, $"{item.Since.UtcDateTime:yyyyMMddHHmmssfffffff}-{item.Id}");
            var body = JsonSerializer.Serialize(item, SocialCardJson.Compact);
            var scopes = RegionLevel.PrefixesAround(item.RegionCode).Select(ScopeOf);
            return scopes.Concat(item.BankId is { } bank ? [ScopeOfBank(bank)] : []).Select(scope => new ItemRow
            {
                PartitionKey = PartitionOf(item.Kind),
                RowKey = $"{scope}{AfterScope}{cursor}",
                Item = body,
            });
        }
    }
}
