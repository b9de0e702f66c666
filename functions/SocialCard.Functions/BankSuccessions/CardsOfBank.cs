using Azure.Data.Tables;

namespace SocialCard.Functions.BankSuccessions;

/// <summary>Finds the cards of a bank, and those whose successor it makes, in the order of their numbers.</summary>
public sealed class CardsOfBank(TableServiceClient tables)
{
    private const int PageSize = 100;

    private readonly TableClient cards = tables.GetTableClient(Card.Table);

    /// <summary>At most a page of them.</summary>
    /// <param name="bankId">The bank.</param>
    /// <param name="after">The number after which they begin; empty for the first.</param>
    /// <param name="cancellation">Gives up.</param>
    public ValueTask<List<string>> ReadAsync(string bankId, string after, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after} and (BankId eq {bankId} or MakerId eq {bankId})");
        return cards.QueryAsync<TableEntity>(filter, PageSize, [nameof(ITableEntity.PartitionKey)], cancellation)
            .Select(row => row.PartitionKey).Take(PageSize).ToListAsync(cancellation);
    }
}
