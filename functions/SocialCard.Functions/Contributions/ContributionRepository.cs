using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using SocialCard.Domain.Contributions;

namespace SocialCard.Functions.Contributions;

/// <summary>
/// Keeps contributions in table <c>Contributions</c>: a partition a holder, so that neither a new card nor another number changes
/// anything, a row a record. Totals are computed from the rows when they are asked for, so no repetition and no
/// order can make them wrong.
/// </summary>
public sealed class ContributionRepository(TableServiceClient tables)
{
    /// <summary>The table of contributions.</summary>
    public const string Table = "Contributions";

    private readonly TableClient rows = tables.GetTableClient(Table);

    /// <summary>Takes a record: a new one in one write, a repetition or an older revision without effect.</summary>
    /// <exception cref="InvalidContributionException">The same revision says something else.</exception>
    public Task TakeAsync(string holderId, ContributionRecord record, CancellationToken cancellation) =>
        TakeAsync(ContributionRow.Of(holderId, record), cancellation);

    /// <summary>A person's contributions that count, of the years asked for.</summary>
    /// <param name="holderId">The person.</param>
    /// <param name="fromYear">The first year.</param>
    /// <param name="toYear">The last year.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async IAsyncEnumerable<Contribution> ReadAsync(
        string holderId, int fromYear, int toYear, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = ($"{fromYear:D4}-01", $"{toYear:D4}-12");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {holderId} and Month ge {from} and Month le {to}");
        await foreach (var row in rows.QueryAsync<ContributionRow>(filter, cancellationToken: cancellation))
        {
            if (!row.Withdrawn)
            {
                yield return row.ToContribution();
            }
        }
    }

    private async Task TakeAsync(ContributionRow row, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await rows.AddEntityAsync(row, cancellation);
                return;
            }
            catch (RequestFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                var known = (await rows.GetEntityAsync<ContributionRow>(
                    row.PartitionKey, row.RowKey, cancellationToken: cancellation)).Value;
                if (known.Revision >= row.Revision)
                {
                    if (known.Revision == row.Revision && !known.SaysTheSame(row))
                    {
                        throw new InvalidContributionException($"Revision {row.Revision} of the record is known with other content.");
                    }

                    return;
                }

                try
                {
                    await rows.UpdateEntityAsync(row, known.ETag, TableUpdateMode.Replace, cancellation);
                    return;
                }
                catch (RequestFailedException moved) when (moved.Status is 412 or 404)
                {
                    // Another revision came in between: look again.
                }
            }
        }
    }
}
