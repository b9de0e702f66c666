using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Partners;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Reissues;

/// <summary>Applying for a new card, paying for it, following it, withdrawing the application.</summary>
[Tags("Reissues")]
public sealed class ReissueTriggers(
    ApiGate gate,
    CardCommands desk,
    CardRepository store,
    HolderProtection holders,
    PartnerDirectory partners,
    RegionPolicies regions,
    WorkingCalendar calendar)
{
    private static ProblemHttpResult ReissueNotFound =>
        Problems.Of(404, "reissue-not-found", "There is no such reissue within your scope.");

    private static readonly PartnerRole[] Desks = [PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online];

    /// <summary>Applies for a new card.</summary>
    [Function(nameof(FileReissue))]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online)]
    [Body(typeof(FileReissueRequest))]
    [Refuses(
        "accepting-point-only", "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "bank-password-required",
        "card-cancelled", "channel-not-allowed", "delivery-not-offered", "formal-report-required", "guardian-required",
        "holder-mismatch", "in-person-only", "loss-already-reported", "loss-both-required", "loss-form-not-offered",
        "loss-password-unchanged", "not-renewable-yet", "reissue-running", "report-period-running", "same-bank", "waiver-not-attested",
        "waiver-not-offered")]
    public async Task<Results<Accepted<ReissueView>, ProblemHttpResult>> FileReissue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<FileReissueRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        if (!PartnerChannels.Of(command.Caller.Role).Contains(body.Channel))
        {
            return Problems.Forbidden("The channel is not the caller's.");
        }

        var changesBank = body.Reason is ReissueReason.BankChanged;
        var errors = new FieldErrors()
            .Require("idNumber", CitizenId.TryParse(body.IdNumber, out var id), "Not a valid citizen ID number.")
            .Require("bankId", changesBank == body.BankId is not null, "For a change of bank, and only then.")
            .Require(
                "bankId",
                body.BankId is null || await partners.FindAsync(body.BankId, cancellation) is { Role: PartnerRole.Bank },
                "Not a partner bank.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        if (body.Waiver is not null && command.Caller.Role is not PartnerRole.Bureau)
        {
            return Problems.Refused(ReissueRefusals.WaiverNotAttested);
        }

        var asked = new FileReissue(
            Reissue.IdOf(command.Number, command.Operation.ResourceId),
            command.Operation.ResourceId,
            body.Reason,
            body.Delivery,
            body.Channel,
            command.Caller.Id,
            id!.BirthDate,
            body.BankId,
            body.Waiver,
            body.Agent?.ToAgent(id));
        var outcome = await desk.DecideAsync(
            command,
            (card, now) => holders.Matches(card.Holder, id)
                ? card.FileReissue(asked, regions.For(card.RegionCode), calendar, now) : Refusal.HolderMismatch,
            card => ReissueView.Of(card.Reissue!),
            cancellation);
        var (reissue, problem) = outcome.Read(request);
        return problem is null ? TypedResults.Accepted($"{request.Path}/{reissue!.ReissueId}", reissue) : problem;
    }

    /// <summary>Reads where a reissue stands.</summary>
    [Function(nameof(GetReissue))]
    [Callers]
    [Refuses("reissue-not-found")]
    public async Task<Results<Ok<ReissueView>, ProblemHttpResult>> GetReissue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}")] HttpRequest request,
        string cardNumber,
        string reissueId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        return Reissue.TryReadCard(reissueId, out var number)
            && number.Value == cardNumber
            && await store.FindAsync(number, caller, cancellation) is not null
            && await store.FindDocumentAsync<ReissueView>(number, ReissueView.Document, reissueId, cancellation) is { } reissue
                ? TypedResults.Ok(reissue)
                : ReissueNotFound;
    }

    /// <summary>Withdraws an application before the card is ordered.</summary>
    [Function(nameof(CancelReissue))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online)]
    [Refuses("reissue-in-production", "reissue-not-running")]
    public async Task<Results<Ok<ReissueView>, ProblemHttpResult>> CancelReissue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}")] HttpRequest request,
        string cardNumber,
        string reissueId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync(request, cardNumber, cancellation, [.. Desks, PartnerRole.Operations]);
        return admission.Value is { } command
            ? await DecideAsync(request, command, (card, now) => card.CancelReissue(reissueId, now), cancellation)
            : admission.Problem!;
    }

    /// <summary>Pays the fee.</summary>
    [Function(nameof(PayReissue))]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online)]
    [Body(typeof(PayReissueRequest))]
    [Refuses("fee-mismatch", "fee-not-due", "reissue-not-running")]
    public async Task<Results<Ok<ReissueView>, ProblemHttpResult>> PayReissue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}/payment")] HttpRequest request,
        string cardNumber,
        string reissueId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<PayReissueRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (amount, receipt) = (command.Body.AmountYuan, command.Body.Receipt);
        return receipt.Length is > 0 and <= 64 && receipt.All(c => c is > ' ' and < (char)127)
            ? await DecideAsync(request, command, (card, now) => card.PayReissue(reissueId, amount, receipt, calendar, now), cancellation)
            : Problems.Invalid("receipt", "1 to 64 visible ASCII characters.");
    }

    /// <summary>Operations order the card again after production has failed too often.</summary>
    [Function(nameof(OrderReissueAgain))]
    [Callers(PartnerRole.Operations)]
    [Body(typeof(OrderReissueRequest))]
    [Refuses("nothing-to-decide", "reissue-not-running")]
    public async Task<Results<Ok<ReissueView>, ProblemHttpResult>> OrderReissueAgain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/reissues/{reissueId}/order")] HttpRequest request,
        string cardNumber,
        string reissueId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<OrderReissueRequest>(request, cardNumber, cancellation, PartnerRole.Operations);
        return admission.Value is { } command
            ? await DecideAsync(request, command, (card, now) => card.OrderReissueAgain(reissueId, calendar, now), cancellation)
            : admission.Problem!;
    }

    private async Task<Results<Ok<ReissueView>, ProblemHttpResult>> DecideAsync(
        HttpRequest request, CardCommand command, Func<Card, DateTimeOffset, Decision<Card>> decide, CancellationToken cancellation)
    {
        var outcome = await desk.DecideAsync(command, decide, card => ReissueView.Of(card.Reissue!), cancellation);
        return outcome.ToOk(request);
    }
}

/// <summary>Body of an application for a new card.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Delivery">How the new card is to reach its holder.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
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
    string IdNumber,
    string? BankId = null,
    FeeWaiver? Waiver = null,
    AgentRequest? Agent = null)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"reissue ({Reason}, {Delivery}, {Channel})";
}

/// <summary>Body of a payment.</summary>
/// <param name="AmountYuan">How much, in yuan.</param>
/// <param name="Receipt">The number of the receipt.</param>
/// <example>
/// {"amountYuan": 15, "receipt": "R-1"}
/// </example>
public sealed record PayReissueRequest(int AmountYuan, string Receipt);

/// <summary>Body of another order; it says nothing.</summary>
public sealed record OrderReissueRequest;
