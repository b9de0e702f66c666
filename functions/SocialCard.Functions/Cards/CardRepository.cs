using Azure.Data.Tables;

namespace SocialCard.Functions.Cards;

/// <summary>Keeps cards in table <c>Cards</c>.</summary>
public sealed class CardRepository(TableServiceClient tables, TimeProvider clock) : AggregateRepository<Card>(tables, clock)
{
    /// <summary>The card of a number, or null if there is none that the caller may see; one read.</summary>
    public Task<Card?> FindAsync(CardNumber number, Partner caller, CancellationToken cancellation) =>
        FindAsync(number.Value, caller, cancellation);

    /// <summary>A resource of a card, or null; one read.</summary>
    public Task<T?> FindDocumentAsync<T>(CardNumber number, string kind, string id, CancellationToken cancellation)
        where T : class => FindDocumentAsync<T>(number.Value, kind, id, cancellation);

    internal Task<Stored<Card>?> LoadAsync(CardNumber number, CancellationToken cancellation) => LoadAsync(number.Value, cancellation);

    /// <summary>The cards that came in place of a card, one after the other: whoever wants the one in use takes the last.</summary>
    internal async Task<IReadOnlyList<Card>> SuccessorsAsync(Card card, CancellationToken cancellation)
    {
        List<Card> successors = [];
        while (card.ReplacedBy is { } next)
        {
            card = (await LoadAsync(next, cancellation))?.State ?? throw new InvalidOperationException($"There is no card {next.Masked}.");
            successors.Add(card);
        }

        return successors;
    }
}
