using SocialCard.Functions.BankSuccessions;
using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Reissues;

/// <summary>Applying for a new card, paying for it, following it, withdrawing the application.</summary>
[Tags("Reissues")]
public sealed class ReissueTriggers(
    Api<Card> cards, PersonProtection holders, PartnerBanks banks, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>Applies for a new card.</summary>
    [Function(nameof(FileReissue))]
    [Proof(Proof.HolderOrAgent)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online)]
    [Body(typeof(FileReissueRequest))]
    [Refuses(
        "accepting-point-only", "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "bank-password-required",
        "card-cancelled", "channel-not-allowed", "delivery-not-offered", "formal-report-required", "guardian-required", "holder-deceased",
        "holder-mismatch", "in-person-only", "loss-already-reported", "loss-both-required", "loss-form-not-offered",
        "loss-password-unchanged", "not-renewable-yet", "reissue-running", "report-period-running", "same-bank", "waiver-not-attested",
        "waiver-not-offered")]
    public Task<Results<Accepted<ReissueView>, ProblemHttpResult>> FileReissue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<FileReissueRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Parse((context, _, token) => ReadAsync(CardNumber.Parse(cardNumber), context, token))
            .Decide((card, context, now) => card.Reissues.File(
                CommandOf(card, context.Body), regions.For(card.RegionCode), calendar, now))
            .AcceptedAsync((card, _, _) => Shown(card), (path, reissue) => $"{path}/{reissue.ReissueId}", cancellation);

    /// <summary>Reads where a reissue stands.</summary>
    [Function(nameof(GetReissue))]
    [Callers]
    [Refuses("reissue-not-found")]
    public Task<Results<Ok<ReissueView>, ProblemHttpResult>> GetReissue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}")]
        HttpRequest request,
        string cardNumber,
        string reissueId,
        CancellationToken cancellation) =>
        cards.ReadDocumentAsync<ReissueView, ReissueView>(
            request,
            cardNumber,
            ReissueView.Document,
            reissueId,
            (card, reissue, _) => reissue with { Blockers = card.Blockers },
            ReissueRefusals.NotFound,
            cancellation);

    /// <summary>Withdraws an application before the card is ordered.</summary>
    [Function(nameof(CancelReissue))]
    [Undoes(nameof(FileReissue))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online)]
    [Body(typeof(CancelReissueRequest))]
    [Refuses("holder-mismatch", "reissue-in-production", "reissue-not-running", "undo-elsewhere")]
    public Task<Results<Ok<ReissueView>, ProblemHttpResult>> CancelReissue(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}/cancellation")]
        HttpRequest request,
        string cardNumber,
        string reissueId,
        CancellationToken cancellation) =>
        cards.Command<CancelReissueRequest>(request, cardNumber)
            .Unless((asked, _) => asked.Caller.Role is PartnerRole.Operations ? null : new FieldErrors()
                .Require("channel", asked.Body.Channel is not null, "Required.")
                .Require("idNumber", asked.Body.Presented is not null, "Required, or the document in its place.")
                .Problem)
            .Through(body => body.Channel)
            .Undoing(card => card.Reissues.AskedFor(reissueId, regions.For(card.RegionCode).Reissue))
            .Decide((card, _, now) => card.Reissues.Cancel(reissueId, now))
            .OkAsync(Shown, cancellation);

    /// <summary>Pays the fee.</summary>
    [Function(nameof(PayReissue))]
    [Proof(Proof.Applicant)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online)]
    [Body(typeof(PayReissueRequest))]
    [Refuses("fee-mismatch", "fee-not-due", "reissue-not-running")]
    public Task<Results<Ok<ReissueView>, ProblemHttpResult>> PayReissue(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}/payment")] HttpRequest request,
        string cardNumber, string reissueId, CancellationToken cancellation) =>
        cards.Command<PayReissueRequest>(request, cardNumber)
            .Decide((card, context, now) =>
                card.Reissues.Pay(reissueId, context.Body.AmountYuan, context.Body.Receipt.Value, calendar, now))
            .OkAsync(Shown, cancellation);

    /// <summary>Operations order the card again after production has failed too often.</summary>
    [Function(nameof(OrderReissueAgain))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Operations)]
    [Body(typeof(OrderReissueRequest))]
    [Refuses("nothing-to-decide", "reissue-not-running")]
    public Task<Results<Ok<ReissueView>, ProblemHttpResult>> OrderReissueAgain(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}/order")] HttpRequest request,
        string cardNumber, string reissueId, CancellationToken cancellation) =>
        cards.Command<OrderReissueRequest>(request, cardNumber)
            .Decide((card, _, now) => card.Reissues.OrderAgain(reissueId, calendar, now))
            .OkAsync(Shown, cancellation);

    private FileReissue CommandOf(Card card, Application filed) =>
        filed.Command with { HolderBirthDate = holders.DocumentOf(card.Holder, filed.Identity).BirthDate };

    private static ReissueView Shown(Card card) => ReissueView.Of(card.Reissue!) with { Blockers = card.Blockers };

    private async Task<Admission<Application>> ReadAsync(
        CardNumber number, CommandContext<FileReissueRequest> context, CancellationToken cancellation)
    {
        var body = context.Body;
        var errors = new FieldErrors()
            .Require("bankId", body.Reason is ReissueReason.BankChanged == body.BankId is not null, "For a change of bank, and only then.")
            .Require(
                "bankId",
                body.BankId is null || await banks.IssuesAsync(body.BankId, cancellation),
                "Not a partner bank, or taken over by another.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        if (body.Waiver is not null && context.Caller.Role is not PartnerRole.Bureau)
        {
            return Problems.Refused(ReissueRefusals.WaiverNotAttested);
        }

        return new Application(body.Identity, new(
            ReissueId.Of(number, context.ResourceId).Value,
            context.ResourceId,
            body.Reason,
            body.Delivery,
            body.Channel,
            context.Caller.Id,
            null,
            body.BankId,
            body.Waiver,
            body.Agent?.ToAgent(body.Identity)));
    }

    /// <summary>An application, and the document that was presented with it.</summary>
    private sealed record Application(IdentityDocument Identity, FileReissue Command);
}

/// <summary>Body of an application for a new card.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Delivery">How the new card is to reach its holder.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="BankId">The new partner bank, for a change of bank.</param>
/// <param name="Waiver">Why no fee is due, as the bureau attests.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <example>
/// {"reason": "damaged", "delivery": "pickUp", "channel": "serviceWindow", "idNumber": "140105199112147138"}
/// </example>
public sealed record FileReissueRequest(
    ReissueReason Reason,
    CardDelivery Delivery,
    ServiceChannel Channel,
    string? BankId = null,
    FeeWaiver? Waiver = null,
    AgentRequest? Agent = null) : ProvenRequest;

/// <summary>Body of the withdrawal of an application. Operations, which have no channel and see no holder, leave all of it out.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {"channel": "serviceWindow", "idNumber": "140105199112147138"}
/// </example>
public sealed record CancelReissueRequest(ServiceChannel? Channel = null) : ProvenRequest
{
    private protected override bool NeedsIdentity => false;
}

/// <summary>Body of a payment.</summary>
/// <param name="AmountYuan">How much, in yuan.</param>
/// <param name="Receipt">The number of the receipt.</param>
/// <example>
/// {"amountYuan": 15, "receipt": "R-1"}
/// </example>
public sealed record PayReissueRequest(int AmountYuan, Reference Receipt) : ApplicantRequest;

/// <summary>Body of another order; it says nothing.</summary>
public sealed record OrderReissueRequest;
