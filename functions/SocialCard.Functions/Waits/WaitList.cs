using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Functions.Waits;

/// <summary>
/// The list of what is waited for, earliest first. A wait has a row for each list that it is on: of each region around it, for its kind
/// and for all kinds, and of what it belongs to; so each is read from one range of keys. All rows lie in one partition, so that whatever
/// changes for a card takes one transaction.
/// </summary>
public sealed partial class WaitList(TableServiceClient tables)
{
    /// <summary>The table of the list.</summary>
    public const string Table = "Waits";

    /// <summary>The form of a cursor: when a wait is due, and the workflow.</summary>
    public const string CursorForm = @"^[0-9]{14}-[0-9A-Za-z-]{1,150}\z";

    /// <summary>The most rows that the storage gives at a time.</summary>
    public const int LargestRead = 1000;

    private const string Partition = "waits";
    private const string AllKinds = "all";
    private const string DueForm = "yyyyMMddHHmmss";
    private const int LargestTransaction = 100;

    // Behind every moment.
    private static readonly string Never = new('9', DueForm.Length);

    private readonly TableClient rows = tables.GetTableClient(Table);

    /// <summary>The list of a region and all below it.</summary>
    public static string ScopeOfRegion(string regionCode) => ScopeOf(RegionLevel.PrefixOf(regionCode));

    /// <summary>The list of what belongs to something.</summary>
    public static string ScopeOf(WorkflowSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return $"{SocialCardJson.NameOf<SubjectKind>(subject.Kind)}-{subject.Key}";
    }

    /// <summary>Whether a text can be the cursor of a wait.</summary>
    public static bool IsCursor(string text) => Cursor().IsMatch(text);

    /// <summary>The cursor before everything that is due from a moment on.</summary>
    public static string CursorAt(DateTimeOffset moment) => DueOf(moment);

    /// <summary>Waits, earliest first; one read, or one more each where the storage cuts an answer short.</summary>
    /// <param name="scope">Whose list.</param>
    /// <param name="state">Those that wait, or those that were stopped.</param>
    /// <param name="kind">What they accompany; null for all.</param>
    /// <param name="after">The cursor of the last that the reader has seen; null for the beginning.</param>
    /// <param name="until">Those that are due before this; null for all, also those that are never due.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The waits, and the cursor of the last where there are more.</returns>
    public async Task<(IReadOnlyList<ListedWait> Items, string? Next)> ReadAsync(
        string scope,
        WorkflowState state,
        WorkflowKind? kind,
        string? after,
        DateTimeOffset? until,
        int limit,
        CancellationToken cancellation)
    {
        var found = new List<ListedWait>();
        var last = after;
        await foreach (var row in rows.QueryAsync<WaitRow>(Range(scope, state, kind, after, until), limit + 1, null, cancellation))
        {
            if (found.Count == limit)
            {
                return (found, last);
            }

            (last, var wait) = (row.Cursor, JsonSerializer.Deserialize<ListedWait>(row.Wait, SocialCardJson.Options)!);
            found.Add(wait);
        }

        return (found, null);
    }

    /// <summary>How many waits of each kind are due on each day in China, for as many days as two reads tell of whole.</summary>
    /// <param name="scope">Whose list.</param>
    /// <param name="kind">What they accompany; null for all.</param>
    /// <param name="from">From this moment on.</param>
    /// <param name="until">Before this moment.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>
    /// The counts in the order of days, and the day from which on nothing was counted; null where all was. Where one day alone has more
    /// than two reads give, what they give is its count, and <c>AtLeast</c> says so.
    /// </returns>
    public async Task<(IReadOnlyList<(DateOnly Day, WorkflowKind Kind, int Count)> Days, DateOnly? Next, bool AtLeast)> CountAsync(
        string scope, WorkflowKind? kind, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation)
    {
        const int reads = 2;
        var found = new List<(DateOnly Day, WorkflowKind Kind)>();
        DateOnly? next = null;
        var filter = Range(scope, WorkflowState.Waiting, kind, CursorAt(from), until);
        await foreach (var row in rows.QueryAsync<WaitRow>(
            filter, LargestRead, [nameof(WaitRow.RowKey), nameof(WaitRow.Kind)], cancellation))
        {
            var day = ChinaTime.DateOf(row.Due!.Value);
            if (found.Count == reads * LargestRead)
            {
                next = day;
                break;
            }

            found.Add((day, Enum.Parse<WorkflowKind>(row.Kind)));
        }

        // The day that was broken off is counted whole the next time, unless it is the only one.
        var isOneDay = found.Count > 0 && found[0].Day == next;
        var counted = found.Where(wait => isOneDay || next is null || wait.Day < next)
            .GroupBy(wait => wait).Select(group => (group.Key.Day, group.Key.Kind, group.Count()))
            .OrderBy(count => count.Day).ThenBy(count => count.Kind).ToList();
        return (counted, isOneDay ? next!.Value.AddDays(1) : next, isOneDay);
    }

    /// <summary>Takes waits off the list and puts others on it. What is gone already, and what is there already, is no fault.</summary>
    internal async Task ReplaceAsync(IEnumerable<ListedWait> before, IEnumerable<ListedWait> after, CancellationToken cancellation)
    {
        var next = after.SelectMany(WaitRow.Of).ToList();
        var kept = next.Select(row => row.RowKey).ToHashSet();
        var actions = next.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))
            .Concat(before.SelectMany(WaitRow.Of).DistinctBy(row => row.RowKey).Where(row => !kept.Contains(row.RowKey))
                .Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)));
        foreach (var chunk in actions.Chunk(LargestTransaction))
        {
            await rows.SubmitLenientlyAsync(chunk, cancellation);
        }
    }

    private static string Range(string scope, WorkflowState state, WorkflowKind? kind, string? after, DateTimeOffset? until)
    {
        var prefix = PrefixOf(scope, state, kind);
        var (from, to) = ($"{prefix}{after}", prefix + (until is { } end ? DueOf(end) : "~"));
        return TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey lt {to}");
    }

    private static string PrefixOf(string scope, WorkflowState state, WorkflowKind? kind) => string.Join(
        '|', scope, SocialCardJson.NameOf<WorkflowState>(state), kind is null ? AllKinds : SocialCardJson.NameOf<WorkflowKind>(kind), "");

    private static string ScopeOf(string regionPrefix) => $"region{regionPrefix}";

    private static string DueOf(DateTimeOffset? due) => due?.UtcDateTime.ToString(DueForm, CultureInfo.InvariantCulture) ?? Never;

    [GeneratedRegex(CursorForm)]
    private static partial Regex Cursor();

    private sealed class WaitRow : ITableEntity
    {
        public string PartitionKey { get; set; } = Partition;

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string Kind { get; set; } = "";

        public string Wait { get; set; } = "";

        [System.Runtime.Serialization.IgnoreDataMember]
        public string Cursor => RowKey[(RowKey.LastIndexOf('|') + 1)..];

        [System.Runtime.Serialization.IgnoreDataMember]
        public DateTimeOffset? Due => Cursor[..DueForm.Length] is var due && due == Never ? null
            : DateTimeOffset.ParseExact(due, DueForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        public static IEnumerable<WaitRow> Of(ListedWait listed)
        {
            var wait = listed.Wait;
            var (cursor, body) = ($"{DueOf(wait.Due)}-{wait.InstanceId}", JsonSerializer.Serialize(listed, SocialCardJson.Compact));
            string[] prefixes =
            [
                .. RegionLevel.PrefixesAround(listed.RegionCode).Select(ScopeOf)
                    .SelectMany(scope => new[] { PrefixOf(scope, wait.State, null), PrefixOf(scope, wait.State, wait.Kind) }),
                PrefixOf(WaitList.ScopeOf(listed.Subject), wait.State, null),
            ];
            return prefixes.Select(prefix => new WaitRow { RowKey = prefix + cursor, Kind = wait.Kind.ToString(), Wait = body });
        }
    }
}
