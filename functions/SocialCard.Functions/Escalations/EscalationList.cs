using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Functions.Escalations;

/// <summary>The list of escalations, by where they stand, the oldest first: a row each.</summary>
public sealed partial class EscalationList(TableServiceClient tables, AggregateRepository<EscalationCase> repository)
    : IStanding<EscalationCase>, IProjection
{
    /// <summary>The table of the list.</summary>
    public const string Table = "EscalationList";

    /// <summary>The form of a cursor: when a case was opened, and its id.</summary>
    public const string CursorForm = @"^[0-9]{21}-[0-9a-f]{16}\z";

    private const string Partition = "escalations";

    private readonly TableClient rows = tables.GetTableClient(Table);

    string IStanding<EscalationCase>.Projection => Table;

    string IProjection.Name => Table;

    /// <summary>Whether a text can be a cursor.</summary>
    public static bool IsCursor(string text) => Cursor().IsMatch(text);

    /// <inheritdoc/>
    public string? NoteOf(string? before, EscalationCase after, IReadOnlyList<DomainEvent> events, DateTimeOffset now) =>
        JsonSerializer.Serialize(after, SocialCardJson.Compact);

    /// <summary>Escalations, oldest first; one read.</summary>
    /// <param name="state">Where they stand.</param>
    /// <param name="after">The cursor of the last that the reader has seen; null for the beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The escalations, and the cursor of the last where there are more.</returns>
    public async Task<(IReadOnlyList<EscalationCase> Items, string? Next)> ReadAsync(
        EscalationState state, string? after, int limit, CancellationToken cancellation)
    {
        var prefix = $"{SocialCardJson.NameOf<EscalationState>(state)}|";
        var (from, to) = ($"{prefix}{after}", $"{prefix}~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey lt {to}");
        var found = new List<EscalationCase>();
        await foreach (var row in rows.QueryAsync<CaseRow>(filter, limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == limit)
            {
                return (found, CursorOf(found[^1]));
            }

            found.Add(JsonSerializer.Deserialize<EscalationCase>(row.Case, SocialCardJson.Options)!);
        }

        return (found, null);
    }

    Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var change = Read(standing);
        return ReplaceAsync([change.Before], change.After, cancellation);
    }

    async Task IProjection.SettleAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var change = Read(standing);
        var written = change.After;
        while (await repository.LoadAsync(change.Key, cancellation) is { } stored && stored.Standing != written)
        {
            await ReplaceAsync([change.Before, written], stored.Standing, cancellation);
            written = stored.Standing;
        }
    }

    private static StandingChange Read(string standing) => JsonSerializer.Deserialize<StandingChange>(standing, SocialCardJson.Options)!;

    private static string CursorOf(EscalationCase one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.OpenedAt.UtcDateTime:yyyyMMddHHmmssfffffff}-{one.Id}");

    private Task ReplaceAsync(IEnumerable<string?> before, string? after, CancellationToken cancellation)
    {
        var next = CaseRow.Of(after!);
        var gone = before.OfType<string>().Select(CaseRow.Of).DistinctBy(row => row.RowKey).Where(row => row.RowKey != next.RowKey);
        return rows.SubmitLenientlyAsync(
            [
                new(TableTransactionActionType.UpsertReplace, next),
                .. gone.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
            ],
            cancellation);
    }

    [GeneratedRegex(CursorForm)]
    private static partial Regex Cursor();

    private sealed class CaseRow : ITableEntity
    {
        public string PartitionKey { get; set; } = Partition;

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string Case { get; set; } = "";

        public static CaseRow Of(string text)
        {
            var one = JsonSerializer.Deserialize<EscalationCase>(text, SocialCardJson.Options)!;
            return new() { RowKey = $"{SocialCardJson.NameOf<EscalationState>(one.State)}|{CursorOf(one)}", Case = text };
        }
    }
}
