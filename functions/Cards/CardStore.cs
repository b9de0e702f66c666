using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using SocialCard.Partners;

namespace SocialCard.Cards;

/// <summary>Keeps cards in table <c>Cards</c>, and finds those of a holder.</summary>
public sealed class CardStore(TableServiceClient tables) : Ledger<Card>(tables)
{
    /// <summary>The table that finds a holder's cards: partition = keyed hash of the ID number, row = card number.</summary>
    public const string HoldersTable = "Holders";

    private readonly TableClient holders = tables.GetTableClient(HoldersTable);

    /// <summary>The card of a number, or null if there is none that the caller may see; one read.</summary>
    public Task<Card?> FindAsync(CardNumber number, Partner caller, CancellationToken cancellation) =>
        FindAsync(number.Value, caller, cancellation);

    /// <summary>A resource of a card, or null; one read.</summary>
    public Task<T?> FindDocumentAsync<T>(CardNumber number, string kind, string id, CancellationToken cancellation)
        where T : class => FindDocumentAsync<T>(number.Value, kind, id, cancellation);

    /// <summary>The cards of a holder, cancelled ones too, in the order of their numbers; one read, and one a card.</summary>
    /// <param name="holderKey">The holder, as <see cref="Holder.Key"/> names him.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async IAsyncEnumerable<Card> ReadOfHolderAsync(string holderKey, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {holderKey}");
        await foreach (var row in holders.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            // The row comes before the card: a registration that was refused or died leaves one that leads nowhere, or to another's card.
            if (await LoadAsync(row.RowKey, cancellation) is { State: { } card } && card.Holder.Key == holderKey)
            {
                yield return card;
            }
        }
    }

    /// <summary>Lets a holder's card be found; doing it twice does no harm.</summary>
    internal Task IndexHolderAsync(Card card, CancellationToken cancellation) =>
        holders.UpsertEntityAsync(new TableEntity(card.Holder.Key, card.Number.Value), TableUpdateMode.Replace, cancellation);

    internal Task<Stored<Card>?> LoadAsync(CardNumber number, CancellationToken cancellation) => LoadAsync(number.Value, cancellation);
}
