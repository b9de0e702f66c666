using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>
/// Keeps holders in table <c>Holders</c>. The first holder of a document is named by the document's key, and so is found by one read.
/// Of a number that others have too, or had before it was corrected, a row in the partition of its key names them all.
/// </summary>
public sealed class HolderRepository(TableServiceClient tables, TimeProvider clock) : AggregateRepository<Holder>(tables, clock)
{
    private const string IdsColumn = "HolderIds";

    /// <summary>Who else has, or had, a document's number, by their ids.</summary>
    internal async Task<IReadOnlyList<string>> ReadSharersAsync(string documentKey, CancellationToken cancellation) =>
        IdsOf(await FindRowAsync(documentKey, cancellation));

    /// <summary>Lets holders be found by a document's number; doing it twice does no harm.</summary>
    internal async Task ShareAsync(string documentKey, IReadOnlyList<string> holderIds, CancellationToken cancellation)
    {
        while (true)
        {
            var known = await FindRowAsync(documentKey, cancellation);
            var before = IdsOf(known);
            if (holderIds.All(before.Contains))
            {
                return;
            }

            var row = new TableEntity(documentKey, RowOf(documentKey)) { [IdsColumn] = JsonSerializer.Serialize(before.Union(holderIds)) };
            try
            {
                await (known is not null
                    ? Rows.UpdateEntityAsync(row, known.ETag, TableUpdateMode.Replace, cancellation)
                    : Rows.AddEntityAsync(row, cancellation));
                return;
            }
            catch (RequestFailedException failure) when (failure.Status == 412 || failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                // Another was named in between: look again.
            }
        }
    }

    private async Task<TableEntity?> FindRowAsync(string documentKey, CancellationToken cancellation)
    {
        var row = await Rows.GetEntityIfExistsAsync<TableEntity>(documentKey, RowOf(documentKey), cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    private static string RowOf(string documentKey) => $"people-{documentKey}";

    private static string[] IdsOf(TableEntity? row) =>
        row?.GetString(IdsColumn) is { } ids ? JsonSerializer.Deserialize<string[]>(ids)! : [];
}
