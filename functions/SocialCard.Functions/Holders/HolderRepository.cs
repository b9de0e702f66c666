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
        IdsOf((await FindRowAsync(documentKey, cancellation)).Value);

    /// <summary>Lets holders be found by a document's number; doing it twice does no harm.</summary>
    internal async Task ShareAsync(string documentKey, IReadOnlyList<string> holderIds, CancellationToken cancellation)
    {
        while (true)
        {
            var known = await FindRowAsync(documentKey, cancellation);
            var before = IdsOf(known.Value);
            if (holderIds.All(before.Contains))
            {
                return;
            }

            var row = new TableEntity(documentKey, RowOf(documentKey)) { [IdsColumn] = JsonSerializer.Serialize(before.Union(holderIds)) };
            try
            {
                await (known.HasValue
                    ? Rows.UpdateEntityAsync(row, known.Value!.ETag, TableUpdateMode.Replace, cancellation)
                    : Rows.AddEntityAsync(row, cancellation));
                return;
            }
            catch (RequestFailedException failure) when (failure.Status == 412 || failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                // Another was named in between: look again.
            }
        }
    }

    private Task<NullableResponse<TableEntity>> FindRowAsync(string documentKey, CancellationToken cancellation) =>
        Rows.GetEntityIfExistsAsync<TableEntity>(documentKey, RowOf(documentKey), cancellationToken: cancellation);

    private static string RowOf(string documentKey) => $"people-{documentKey}";

    private static string[] IdsOf(TableEntity? row) =>
        row?.GetString(IdsColumn) is { } ids ? JsonSerializer.Deserialize<string[]>(ids)! : [];
}
