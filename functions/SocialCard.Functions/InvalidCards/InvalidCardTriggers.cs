namespace SocialCard.Functions.InvalidCards;

/// <summary>
/// The invalid-card list, for all who take cards: a card of any region may be presented anywhere, and a number without a
/// person gives nobody away, so a partner's scope does not matter here.
/// </summary>
[Tags("Loss reports")]
public sealed class InvalidCardTriggers(Api<Card> cards, PlainApi api, InvalidCardList list, InvalidCardLookup lookup)
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;

    /// <summary>Reads the changes after a cursor, oldest first.</summary>
    [Function(nameof(GetInvalidCards))]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Operations)]
    [Query("after", "Only what comes after this number.", Least = 0)]
    [Query("epoch", "That of the page before: told 410 where the list is another by now.", Pattern = @"^[0-9a-f]{16}\z")]
    [Query("limit", "At most so many.", Least = 1, Most = LargestPage)]
    [Refuses("cursor-unknown")]
    public async Task<Results<Ok<InvalidCardChangesView>, NotModified, ProblemHttpResult>> GetInvalidCards(
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

        var reading = list.ReadAsync(after, (int)limit, cancellation);
        var head = await list.ReadHeadAsync(cancellation);
        var changes = await reading;
        if (after > head.Last || (request.Query["epoch"].ToString() is { Length: > 0 } epoch && epoch != head.Epoch))
        {
            return Problems.Refused(InvalidCardRefusals.CursorUnknown);
        }

        var next = changes.Count == 0 ? after : changes[^1].Cursor;
        return NotModified.Unless(request, new InvalidCardChangesView(changes, next, More: changes.Count == limit, head.Epoch));
    }

    /// <summary>
    /// After a restore of the storage: the list is another from now on, and whoever keeps a copy of it begins anew.
    /// </summary>
    [Function(nameof(BeginInvalidCardEpoch))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Operations)]
    [Body(typeof(BeginEpochRequest))]
    public Task<Results<NoContent, ProblemHttpResult>> BeginInvalidCardEpoch(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "invalid-cards/epochs")] HttpRequest request,
        CancellationToken cancellation) =>
        api.Command<BeginEpochRequest>(request)
            .NoContentAsync(
                async (_, token) =>
                {
                    await list.BeginEpochAsync(token);
                    return null;
                },
                cancellation);

    /// <summary>
    /// Tells whether a card must not be taken, or a temporary one that is named by its own number. A number that nobody issued is on no
    /// list.
    /// </summary>
    [Function(nameof(GetInvalidCard))]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Operations)]
    public async Task<Results<Ok<InvalidCardView>, NotModified, ProblemHttpResult>> GetInvalidCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "invalid-cards/{cardNumber}")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await cards.AdmitAsync(request, cancellation);
        if (admission.Value is null)
        {
            return admission.Problem!;
        }

        return CardNumber.TryParse(cardNumber, out var number) ? NotModified.Unless(request, await lookup.FindAsync(number, cancellation))
            : TemporaryCardId.CardOf(cardNumber) is { } replaced
                ? NotModified.Unless(request, await lookup.FindAsync(cardNumber, replaced, cancellation))
            : Problems.Invalid("cardNumber", "Nine digits or capital letters, or the number of a temporary card.");
    }
}

/// <summary>Body of the beginning of an epoch.</summary>
/// <param name="RestoredTo">The instant to which the storage was restored.</param>
/// <example>
/// {"restoredTo": "2026-11-24T14:00:00Z"}
/// </example>
public sealed record BeginEpochRequest(DateTimeOffset RestoredTo);

/// <summary>A page of the changes of the invalid-card list.</summary>
/// <param name="Changes">The changes, oldest first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this, now or later.</param>
/// <param name="More">Whether there may be more already.</param>
/// <param name="Epoch">Which list it is: send it with <c>after</c>, so that a restore of the list is told.</param>
/// <example>
/// {
///   "changes": [
///     {"cursor": 63, "cardNumber": "T00001433", "temporaryCardId": null, "change": "removed", "at": "2026-11-24T14:53:25Z"},
///     {
///       "cursor": 64, "cardNumber": null, "temporaryCardId": "T00000711-7be0c378523cef83", "change": "added",
///       "at": "2026-11-24T14:53:25Z"
///     }
///   ],
///   "next": 64, "more": false, "epoch": "5f0c8a41d2b97e36"
/// }
/// </example>
public sealed record InvalidCardChangesView(IReadOnlyList<InvalidCardChange> Changes, long Next, bool More, string Epoch);

/// <summary>Where a card stands on the invalid-card list.</summary>
/// <param name="CardNumber">The card; null where a temporary one was asked about.</param>
/// <param name="TemporaryCardId">The temporary card; null where none was asked about.</param>
/// <param name="Invalid">Whether it must not be taken.</param>
/// <param name="Since">Since when it stands so; null for a card that was never on the list.</param>
/// <example>
/// {"cardNumber": "T00000001", "temporaryCardId": null, "invalid": false, "since": "2026-12-05T02:30:00Z"}
/// </example>
public sealed record InvalidCardView(CardNumber? CardNumber, string? TemporaryCardId, bool Invalid, DateTimeOffset? Since);
