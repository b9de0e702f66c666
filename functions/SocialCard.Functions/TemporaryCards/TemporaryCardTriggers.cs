using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.TemporaryCards;

/// <summary>Issuing a temporary card, extending it, reporting it lost, taking it back, and reading it by its own number.</summary>
[Tags("Temporary cards")]
public sealed class TemporaryCardTriggers(Api<Card> cards, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>Issues a temporary card, or the certificate that takes its place; its number is made here.</summary>
    [Function(nameof(IssueTemporaryCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses(
        "holder-mismatch", "no-reissue-running", "temporary-card-issued", "temporary-card-maximum-reached", "temporary-card-not-offered")]
    public Task<Results<Created<TemporaryCardView>, ProblemHttpResult>> IssueTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<TemporaryCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, context, now) => card.TemporaryCards.Issue(
                TemporaryCardId.Of(card.Number, context.ResourceId), regions.For(card.RegionCode).TemporaryCard, calendar, now))
            .CreatedAsync((card, _, _) => TemporaryCardView.Of(card.TemporaryCard!), (path, _) => path, cancellation);

    /// <summary>Makes the temporary card valid for longer.</summary>
    [Function(nameof(ExtendTemporaryCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses("channel-not-allowed", "holder-mismatch", "temporary-card-maximum-reached", "temporary-card-not-valid")]
    public Task<Results<Ok<TemporaryCardView>, ProblemHttpResult>> ExtendTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card/extension")]
        HttpRequest request,
        string cardNumber,
        CancellationToken cancellation) =>
        cards.Command<TemporaryCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, context, now) => card.TemporaryCards.Extend(context.Body.Channel, calendar, now))
            .OkAsync(card => TemporaryCardView.Of(card.TemporaryCard!), cancellation);

    /// <summary>Ends the temporary card because it is lost itself.</summary>
    [Function(nameof(LoseTemporaryCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses("holder-mismatch", "temporary-card-not-valid")]
    public Task<Results<Ok<TemporaryCardView>, ProblemHttpResult>> LoseTemporaryCard(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card/loss-report")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<TemporaryCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, _, now) => card.TemporaryCards.Lose(now))
            .OkAsync(card => TemporaryCardView.Of(card.TemporaryCard!), cancellation);

    /// <summary>Takes the temporary card back; the deposit is paid back where it was taken.</summary>
    [Function(nameof(ReturnTemporaryCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses("holder-mismatch", "temporary-card-not-valid")]
    public Task<Results<Ok<TemporaryCardView>, ProblemHttpResult>> ReturnTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card/return")]
        HttpRequest request,
        string cardNumber,
        CancellationToken cancellation) =>
        cards.Command<TemporaryCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, _, now) => card.TemporaryCards.Return(now))
            .OkAsync(card => TemporaryCardView.Of(card.TemporaryCard!), cancellation);

    /// <summary>Reads a temporary card by its own number: whether it is valid, until when, and whose it is, for who is shown it.</summary>
    [Function(nameof(GetTemporaryCard))]
    [Callers]
    [Refuses("temporary-card-not-found")]
    public Task<Results<Ok<TemporaryCardCheck>, NotModified, ProblemHttpResult>> GetTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "temporary-cards/{temporaryCardId}")]
        HttpRequest request,
        string temporaryCardId,
        CancellationToken cancellation) =>
        cards.ReadDocumentAsync(
            request,
            TemporaryCardId.CardOf(temporaryCardId)?.Value ?? "",
            card => card.TemporaryCard is { } latest && latest.TemporaryCardId == temporaryCardId ? TemporaryCardView.Of(latest) : null,
            TemporaryCardView.Document,
            temporaryCardId,
            (card, temporary, _) => TemporaryCardCheck.Of(card, temporary),
            TemporaryCardRefusals.NotFound,
            cancellation);
}

/// <summary>A temporary card, as it is shown to who is presented it.</summary>
/// <param name="TemporaryCardId">Its number.</param>
/// <param name="Kind">Card or certificate.</param>
/// <param name="Valid">Whether it may be taken.</param>
/// <param name="ValidUntil">When its last day is over; null if it is valid until the new card is there.</param>
/// <param name="End">Why it is over; null while it is valid.</param>
/// <param name="LocalOnly">Whether it is not valid outside the region.</param>
/// <param name="RegionCode">The region: GB/T 2260.</param>
/// <param name="CardNumber">The card whose successor is under way.</param>
/// <param name="Holder">Its holder, masked.</param>
/// <example>
/// {
///   "temporaryCardId": "T00000711-7be0c378523cef83", "kind": "card", "valid": true,
///   "validUntil": "2027-02-24T16:00:00Z", "end": null, "localOnly": null, "regionCode": "220100", "cardNumber": "T00000711",
///   "holder": {
///     "idNumber": "**************7372", "document": {"type": "residentId", "number": "**************7372", "nationality": null},
///     "name": "欧**", "mobile": "139****3548",
///     "holderId": "3bb9f30add92038516b83c2c614e9662eb43fe3bde5267b9e9166b56d11341a8"
///   }
/// }
/// </example>
public sealed record TemporaryCardCheck(
    string TemporaryCardId,
    TemporaryCardKind Kind,
    bool Valid,
    DateTimeOffset? ValidUntil,
    TemporaryCardEnd? End,
    bool? LocalOnly,
    string RegionCode,
    CardNumber CardNumber,
    HolderView Holder)
{
    internal static TemporaryCardCheck Of(Card card, TemporaryCardView temporary) => new(
        temporary.TemporaryCardId,
        temporary.Kind,
        temporary.End is null,
        temporary.ValidUntil,
        temporary.End,
        temporary.LocalOnly,
        card.RegionCode,
        card.Number,
        HolderView.Of(card.Holder));
}

/// <summary>Body of every command on a temporary card.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {"channel": "serviceWindow", "idNumber": "140105199112107099"}
/// </example>
public sealed record TemporaryCardRequest(ServiceChannel Channel) : ProvenByPhoneRequest;
