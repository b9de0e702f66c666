using SocialCard.Domain.ElectronicCards;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>Showing a child's electronic card: a voucher for the guardian's phone, and its check at a hospital or pharmacy.</summary>
[Tags("Electronic cards")]
public sealed class VoucherTriggers(Api<ElectronicCard> electronicCards, Vouchers vouchers, PhysicalCards physical)
{
    /// <summary>A token that is valid for sixty seconds and for one check, to be shown as a QR code.</summary>
    [Function(nameof(GetVoucher))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Query("authorised", "The guardian's word that the card be used though the child's own is lost or locked.", IsFlag = true)]
    [Refuses("authorisation-missing", "electronic-card-not-found", "electronic-card-not-issued", "physical-card-unusable")]
    public Task<Results<Ok<VoucherView>, ProblemHttpResult>> GetVoucher(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/voucher")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) => electronicCards.AnswerAsync<Ok<VoucherView>>(
            request,
            electronicCardId,
            async (card, stop) =>
            {
                var authorised = request.Query["authorised"].ToString();
                if (authorised is not ("" or "true" or "false"))
                {
                    return Problems.Invalid("authorised", "true or false.");
                }

                if (card.UseFault(await physical.UseOfAsync(card, stop), authorised == "true") is { } fault)
                {
                    return Problems.Refused(fault);
                }

                request.HttpContext.Response.Headers.CacheControl = "no-store";
                var (token, expiresAt) = vouchers.Issue(card.Id, authorised == "true");
                return TypedResults.Ok(new VoucherView(token, expiresAt));
            },
            cancellation);

    /// <summary>Checks a voucher, once.</summary>
    [Function(nameof(CheckVoucher))]
    [Proof(Proof.Secret)]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy)]
    [Body(typeof(CheckVoucherRequest))]
    [Refuses(
        "authorisation-missing", "electronic-card-not-found", "electronic-card-not-issued", "physical-card-unusable", "voucher-expired",
        "voucher-invalid", "voucher-used")]
    public Task<Results<Ok<VoucherCheckView>, ProblemHttpResult>> CheckVoucher(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "voucher-checks")] HttpRequest request,
        CancellationToken cancellation) =>
        electronicCards.Command<CheckVoucherRequest>(
                request,
                (context, _) => Task.FromResult(vouchers.Find(context.Body.Token)?.ElectronicCardId),
                ElectronicCardRefusals.VoucherInvalid)
            .Decide(
                async (card, context, _, stop) =>
                    new ShownVoucher(vouchers.Find(context.Body.Token)!, await physical.UseOfAsync(card, stop)),
                (card, shown, _, now) => card.CheckVoucher(shown.Voucher, shown.Use, now))
            .OkAsync(VoucherCheckView.Of, cancellation);

    private sealed record ShownVoucher(Voucher Voucher, ElectronicCardUse Use);
}
