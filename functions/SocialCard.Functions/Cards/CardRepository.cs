using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace SocialCard.Functions.Cards;

/// <summary>Keeps cards in table <c>Cards</c>, and finds those of a holder.</summary>
public sealed class CardRepository(TableServiceClient tables, TimeProvider clock) : AggregateRepository<Card>(tables, clock)
{
    /// <summary>The table that finds a holder's cards: partition = keyed hash of the ID number, row = card number.</summary>
    public const string HoldersTable = "Holders";

    // The row that leads from a wrong ID number's key to the right one's; no card number is in small letters.
    private const string CorrectedTo = "corrected-to";
    private const string LinkColumn = "HolderKey";
    private const int LongestChain = 8;

    private readonly TableClient holders = tables.GetTableClient(HoldersTable);

    /// <summary>The card of a number, or null if there is none that the caller may see; one read.</summary>
    public Task<Card?> FindAsync(CardNumber number, Partner caller, CancellationToken cancellation) =>
        FindAsync(number.Value, caller, cancellation);

    /// <summary>A resource of a card, or null; one read.</summary>
    public Task<T?> FindDocumentAsync<T>(CardNumber number, string kind, string id, CancellationToken cancellation)
        where T : class => FindDocumentAsync<T>(number.Value, kind, id, cancellation);

    /// <summary>The cards of a holder, cancelled ones too, in the order of their numbers; one read, and one a card.</summary>
    /// <param name="holderKey">The holder, as <see cref="Person.Key"/> names him.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async IAsyncEnumerable<Card> ReadOfHolderAsync(string holderKey, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {holderKey}");
        await foreach (var row in holders.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            // The row comes before the card: a registration that was refused or died leaves one that leads nowhere, or to another's card.
            if (row.RowKey != CorrectedTo
                && await LoadAsync(row.RowKey, cancellation) is { State: { } card }
                && card.Holder.Key == holderKey)
            {
                yield return ByNow(card);
            }
        }
    }

    /// <summary>
    /// The holder that a key names today: after the correction of an ID number, the old number leads to the new one while no card
    /// has the old one. For what registries tell; whoever presents the old number at a desk is not the holder.
    /// </summary>
    public async Task<string> ResolveHolderAsync(string holderKey, CancellationToken cancellation)
    {
        for (var hops = 0; hops < LongestChain && !await ReadOfHolderAsync(holderKey, cancellation).AnyAsync(cancellation); hops++)
        {
            var link = await holders.GetEntityIfExistsAsync<TableEntity>(holderKey, CorrectedTo, cancellationToken: cancellation);
            if (!link.HasValue)
            {
                break;
            }

            holderKey = link.Value!.GetString(LinkColumn)!;
        }

        return holderKey;
    }

    /// <summary>Lets the key of a wrong ID number lead to that of the right one; doing it twice does no harm.</summary>
    internal Task LinkHolderAsync(string holderKey, string correctedKey, CancellationToken cancellation) => holders.UpsertEntityAsync(
        new TableEntity(holderKey, CorrectedTo) { [LinkColumn] = correctedKey }, TableUpdateMode.Replace, cancellation);

    /// <summary>Lets a holder's card be found; doing it twice does no harm.</summary>
    internal Task IndexHolderAsync(Card card, CancellationToken cancellation) =>
        holders.UpsertEntityAsync(new TableEntity(card.Holder.Key, card.Number.Value), TableUpdateMode.Replace, cancellation);

    internal Task<Stored<Card>?> LoadAsync(CardNumber number, CancellationToken cancellation) => LoadAsync(number.Value, cancellation);
}
