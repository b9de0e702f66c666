namespace SocialCard.Functions.InvalidCards;

/// <summary>
/// The invalid-card list, for all who take cards: a card of any region may be presented anywhere, and a number without a
/// person gives nobody away, so a partner's scope does not matter here.
/// </summary>
[Tags("Loss reports")]
public sealed class InvalidCardTriggers(Api<Card> cards, InvalidCardList list, InvalidCardLookup lookup)
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;

    /// <summary>Reads the changes after a cursor, oldest first.</summary>
    [Function(nameof(GetInvalidCards))]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Operations)]
    [Query("after", "Only what comes after this number.", Least = 0)]
    [Query("limit", "At most so many.", Least = 1, Most = LargestPage)]
    public async Task<Results<Ok<InvalidCardChangesView>, ProblemHttpResult>> GetInvalidCards(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "invalid-cards")]
        HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await cards.AdmitAsync(request, cancellation);
        if (admission.Value is null)
        {
            return admission.Problem!;
        }

        if (!PageQuery.TryRead(request, "after", 0, long.MaxValue - LargestPage, 0, out var after))
        {
            return Problems.Invalid("after", "The cursor of a change, as the page before gave it.");
        }

        if (!PageQuery.TryRead(request, "limit", 1, LargestPage, DefaultPage, out var limit))
        {
            return Problems.Invalid("limit", $"Between 1 and {LargestPage}.");
        }

        var changes = await list.ReadAsync(after, (int)limit, cancellation);
        var next = changes.Count == 0 ? after : changes[^1].Cursor;
        return TypedResults.Ok(new InvalidCardChangesView(changes, next, More: changes.Count == limit));
    }

    /// <summary>Tells whether a card must not be taken. A number that nobody issued is on no list.</summary>
    [Function(nameof(GetInvalidCard))]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Operations)]
    public async Task<Results<Ok<InvalidCardView>, ProblemHttpResult>> GetInvalidCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "invalid-cards/{cardNumber}")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await cards.AdmitAsync(request, cancellation);
        if (admission.Value is null)
        {
            return admission.Problem!;
        }

        return CardNumber.TryParse(cardNumber, out var number)
            ? TypedResults.Ok(await lookup.FindAsync(number, cancellation))
            : Problems.Invalid("cardNumber", "Nine digits or capital letters.");
    }
}

/// <summary>A page of the changes of the invalid-card list.</summary>
/// <param name="Changes">The changes, oldest first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this, now or later.</param>
/// <param name="More">Whether there may be more already.</param>
/// <example>
/// {
///   "changes": [
///     {"cursor": 63, "cardNumber": "T00001433", "change": "removed", "at": "2026-11-24T14:53:25Z"},
///     {"cursor": 64, "cardNumber": "T00001565", "change": "removed", "at": "2026-11-24T14:53:25Z"}
///   ],
///   "next": 64, "more": false
/// }
/// </example>
public sealed record InvalidCardChangesView(IReadOnlyList<InvalidCardChange> Changes, long Next, bool More);

/// <summary>Where a card stands on the invalid-card list.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Invalid">Whether it must not be taken.</param>
/// <param name="Since">Since when it stands so; null for a card that was never on the list.</param>
/// <example>
/// {"cardNumber": "T00000001", "invalid": false, "since": "2026-12-05T02:30:00Z"}
/// </example>
public sealed record InvalidCardView(CardNumber CardNumber, bool Invalid, DateTimeOffset? Since);
