using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Functions.Validity;

/// <summary>
/// The cards whose next moment is far away, by the month of it: a row each, which waits at no cost in place of a workflow. A row that
/// is out of date does no harm, for the workflow that it starts asks the card first.
/// </summary>
public sealed class ValidityTerms(TableServiceClient tables) : IProjection
{
    /// <summary>The table of the rows.</summary>
    public const string Table = "ValidityTerms";

    private readonly TableClient terms = tables.GetTableClient(Table);

    string IProjection.Name => Table;

    // In whatever order: each change to another month leaves a row of its own.
    Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var term = JsonSerializer.Deserialize<ValidityTerm>(standing, SocialCardJson.Options)!;
        return terms.UpsertEntityAsync(TermRow.Of(term), TableUpdateMode.Replace, cancellation);
    }

    /// <summary>The rows of a month and of those before, oldest month first, read page by page.</summary>
    internal IAsyncEnumerable<ValidityTerm> ReadAsync(string month, CancellationToken cancellation) =>
        terms.QueryAsync<TermRow>(TableClient.CreateQueryFilter($"PartitionKey le {month}"), cancellationToken: cancellation)
            .Select(row => row.ToTerm());

    /// <summary>Removes a row; another may have removed it before.</summary>
    internal Task RemoveAsync(ValidityTerm term, CancellationToken cancellation) =>
        terms.DeleteEntityAsync(term.Month, term.CardNumber, ETag.All, cancellation);

    internal sealed class TermRow : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public int Life { get; set; }

        public static TermRow Of(ValidityTerm term) => new() { PartitionKey = term.Month, RowKey = term.CardNumber, Life = term.Life };

        public ValidityTerm ToTerm() => new(PartitionKey, RowKey, Life);
    }
}

/// <summary>In which month time alone will do something to a card.</summary>
/// <param name="Month">The local month, as <c>2036-01</c>.</param>
/// <param name="CardNumber">The card.</param>
/// <param name="Life">How often the card has come back from a death that was recorded by mistake.</param>
public sealed record ValidityTerm(string Month, string CardNumber, int Life)
{
    /// <summary>The local month of a moment, as it is sorted.</summary>
    internal static string MonthOf(DateTimeOffset at) => ChinaTime.DateOf(at).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
