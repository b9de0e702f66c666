using SocialCard.Domain.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Holders;

/// <summary>How a counter finds a person and his cards, by what he shows.</summary>
[Tags("Holders")]
public sealed class HolderSearchTriggers(Api<Holder> holders, HolderDirectory directory, HolderCards ofHolders, PersonProtection people)
{
    /// <summary>
    /// Finds a person by his document, with his cards within the caller's scope and what can be done next. Several who share the number are
    /// all listed, and nobody is a list without anybody. A POST, so that no number stands in an address; it changes nothing and needs no
    /// <c>Idempotency-Key</c>.
    /// </summary>
    [Function(nameof(SearchHolders))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hotline, PartnerRole.Bank, PartnerRole.Operations)]
    [Question]
    [Body(typeof(HolderSearchRequest))]
    public Task<Results<Ok<HolderSearchView>, ProblemHttpResult>> SearchHolders(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "holders/search")] HttpRequest request,
        CancellationToken cancellation) =>
        holders.AskAsync<HolderSearchRequest, HolderSearchView>(request, SearchAsync, cancellation);

    private async Task<HolderSearchView> SearchAsync(Question<HolderSearchRequest> asked, CancellationToken cancellation)
    {
        var body = asked.Body;
        var found = await directory.SearchAsync(people.KeyOf(body.Identity), body.Name, body.CardNumber, asked.Caller, cancellation);
        List<FoundHolderView> shown = [];
        foreach (var holder in found)
        {
            var next = new NextSteps(holder, await ofHolders.ReadAsync(holder, cancellation).ToListAsync(cancellation));
            shown.Add(FoundHolderView.Of(next, asked.Caller));
        }

        return new(shown);
    }
}

/// <summary>Body of a search.</summary>
/// <param name="Name">The person's name, to tell him from others who have his number.</param>
/// <param name="CardNumber">One of his cards, for the same.</param>
/// <example>{"idNumber": "140105199003220818", "name": "王小明"}</example>
public sealed record HolderSearchRequest(PersonName? Name = null, CardNumber? CardNumber = null) : IdentityRequest;

/// <summary>Who was found.</summary>
/// <param name="Holders">Everybody within the caller's scope who may be meant; nobody where there is none.</param>
/// <example>
/// {
///   "holders": [
///     {
///       "holder": {
///         "idNumber": "**************7372",
///         "document": {"type": "residentId", "number": "**************7372", "nationality": null}, "name": "欧**",
///         "mobile": "139****3548", "holderId": "3bb9f30add92038516b83c2c614e9662eb43fe3bde5267b9e9166b56d11341a8"
///       },
///       "status": "alive", "household": "320200", "claimsCard": false, "next": [],
///       "cards": [
///         {
///           "cardNumber": "T00000004", "regionCode": "320200", "bankId": "bank-icbc", "status": "awaitingActivation",
///           "social": {"state": "sealed", "reason": null, "since": "2026-11-24T14:48:56Z"},
///           "financial": {"state": "inactive", "reason": null, "since": "2026-11-24T14:48:56Z"},
///           "next": ["activate", "reportLoss", "applyForNewCard"]
///         }
///       ]
///     }
///   ]
/// }
/// </example>
public sealed record HolderSearchView(IReadOnlyList<FoundHolderView> Holders);

/// <summary>A person who was found.</summary>
/// <param name="Holder">Who he is, masked.</param>
/// <param name="Status">Whether he lives.</param>
/// <param name="Household">Where his household is registered: GB/T 2260; null where nobody has told, or where it is cancelled.</param>
/// <param name="ClaimsCard">Whether his parents or his guardian may have his first card registered.</param>
/// <param name="Next">What can be done for him beside his cards.</param>
/// <param name="Cards">His cards within the caller's scope, those that have ended too.</param>
public sealed record FoundHolderView(
    HolderView Holder,
    HolderStatus Status,
    string? Household,
    bool ClaimsCard,
    IReadOnlyList<NextStep> Next,
    IReadOnlyList<FoundCardView> Cards)
{
    internal static FoundHolderView Of(NextSteps next, Partner caller) => new(
        HolderView.Of(next.Holder.Person),
        HolderDetails.StatusOf(next.Holder),
        next.Holder.Household?.RegionCode,
        next.Holder.ClaimsCard,
        next.OfHolder,
        [.. next.Cards.Where(card => card.IsSeenBy(caller)).Select(card => FoundCardView.Of(card, next))]);
}

/// <summary>A card of a person who was found.</summary>
/// <param name="CardNumber">Its number.</param>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="BankId">Its bank.</param>
/// <param name="Status">Its state as a whole.</param>
/// <param name="Social">The social-security application.</param>
/// <param name="Financial">The financial application.</param>
/// <param name="Next">What can be done with it.</param>
public sealed record FoundCardView(
    CardNumber CardNumber,
    string RegionCode,
    string BankId,
    CardStatus Status,
    Application<SocialState> Social,
    Application<FinancialState> Financial,
    IReadOnlyList<NextStep> Next)
{
    internal static FoundCardView Of(Card card, NextSteps next) =>
        new(card.Number, card.RegionCode, card.BankId, card.Status, card.Social, card.Financial, next.Of(card));
}
