using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>Showing a child's electronic card: a voucher for the guardian's phone, and its check at a hospital or pharmacy.</summary>
[Tags("Electronic cards")]
public sealed class VoucherTriggers(
    ApiGate gate,
    CommandExecutor<ElectronicCard> desk,
    AggregateRepository<ElectronicCard> electronicCards,
    Vouchers vouchers,
    CardRepository cards,
    RegionPolicies regions,
    OperationKeys keys,
    TimeProvider clock)
{
    private const int LongestToken = 512;

    /// <summary>A token that is valid for sixty seconds and for one check, to be shown as a QR code.</summary>
    [Function(nameof(GetVoucher))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Query("authorised", "The guardian's word that the card be used though the child's own is lost or locked.", IsFlag = true)]
    [Refuses("authorisation-missing", "electronic-card-not-found", "electronic-card-not-issued", "physical-card-unusable")]
    public async Task<Results<Ok<VoucherView>, ProblemHttpResult>> GetVoucher(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/voucher")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, PartnerRole.Bureau, PartnerRole.Online);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var authorised = request.Query["authorised"].ToString();
        if (authorised is not ("" or "true" or "false"))
        {
            return Problems.Invalid("authorised", "true or false.");
        }

        if (await ElectronicCardProblems.FindAsync(electronicCards, electronicCardId, caller, cancellation) is not { } stored)
        {
            return ElectronicCardProblems.NotFound;
        }

        // On the birthday the workflow may be a moment late; the voucher is not.
        var card = stored.AdvanceTo(clock.GetUtcNow()).State!;
        if (card.UseFault(await UseOfAsync(card, cancellation), authorised == "true") is { } fault)
        {
            return Problems.Refused(fault);
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var (token, expiresAt) = vouchers.Issue(electronicCardId, authorised == "true");
        return TypedResults.Ok(new VoucherView(token, expiresAt));
    }

    /// <summary>Checks a voucher, once.</summary>
    [Function(nameof(CheckVoucher))]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy)]
    [Body(typeof(CheckVoucherRequest))]
    [Refuses(
        "authorisation-missing", "electronic-card-not-found", "electronic-card-not-issued", "physical-card-unusable", "voucher-expired",
        "voucher-invalid", "voucher-used")]
    public async Task<Results<Ok<VoucherCheckView>, ProblemHttpResult>> CheckVoucher(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "voucher-checks")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<CheckVoucherRequest>(request, cancellation, PartnerRole.Hospital, PartnerRole.Pharmacy);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        if (command.Body.Token.Length > LongestToken || !vouchers.TryRead(command.Body.Token, out var voucher))
        {
            return Problems.Refused(ElectronicCardRefusals.VoucherInvalid);
        }

        // The key would meet an empty partition if it came again with another card's token.
        if (await keys.BindAsync(command.Operation, cancellation) is Binding.Other)
        {
            return Problems.IdempotencyKeyReused;
        }

        var stored = await ElectronicCardProblems.FindAsync(electronicCards, voucher.ElectronicCardId, command.Caller, cancellation);
        var use = stored is null ? ElectronicCardUse.Blocked : await UseOfAsync(stored, cancellation);
        var outcome = await desk.ExecuteAsync(
            voucher.ElectronicCardId, command.Operation, (card, now) => card.CheckVoucher(voucher, use, now), VoucherCheckView.Of, cancellation);
        return outcome.ToOk(request, ElectronicCardProblems.NotFound);
    }

    /// <summary>
    /// What an electronic card is good for while the child's physical card is as it is, by the rules of today; the best of the
    /// cards that the child has counts, and a card that nobody has enabled yet is no obstacle.
    /// </summary>
    private async Task<ElectronicCardUse> UseOfAsync(ElectronicCard card, CancellationToken cancellation)
    {
        if (card.Member is null || !card.Terms.NeedsPhysicalCard)
        {
            return ElectronicCardUse.Usable;
        }

        var uses = regions.For(card.RegionCode).ElectronicCard.While;
        var best = uses.Cancelled;
        await foreach (var physical in cards.ReadOfHolderAsync(card.Member.Person.Key, cancellation))
        {
            var use = physical.Social switch
            {
                { State: SocialState.Cancelled } => uses.Cancelled,
                { State: SocialState.Suspended, Reason: StateReason.FormalLoss } => uses.FormalLoss,
                { State: SocialState.Suspended, Reason: StateReason.PasswordLocked } => uses.PasswordLocked,
                // The sources name no other reason; a card that was not activated in time is as little lost for good.
                { State: SocialState.Suspended } => uses.TemporaryLoss,
                _ => ElectronicCardUse.Usable,
            };
            best = use < best ? use : best;
        }

        return best;
    }
}
