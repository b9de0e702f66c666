using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Referrals;

/// <summary>Approving treatment in another province, following the approval, withdrawing it.</summary>
[Tags("Referrals")]
public sealed class ReferralTriggers(
    ApiGate gate, CardCommands desk, CardRepository store, PartnerDirectory partners, RegionPolicies regions, TimeProvider clock)
{
    private static ProblemHttpResult ReferralNotFound =>
        Problems.Of(404, "referral-not-found", "There is no such referral within your scope.");

    // An approval of the referral kind lasts for the treatment; a year is the longest that is asked for.
    private const int LongestYears = 1;

    /// <summary>Approves a treatment.</summary>
    [Function(nameof(ApproveReferral))]
    [Callers(PartnerRole.Hospital, PartnerRole.Bureau)]
    [Body(typeof(ReferralRequest))]
    [Refuses("approving-hospital-elsewhere", "card-cancelled", "from-region-mismatch", "referral-not-needed", "too-many-referrals")]
    public async Task<Results<Created<ReferralView>, ProblemHttpResult>> ApproveReferral(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/referrals")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<ReferralRequest>(request, cardNumber, cancellation, PartnerRole.Hospital, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (body, caller) = (command.Body, command.Caller);
        if (caller.Role is PartnerRole.Hospital && body.ApprovingHospital != caller.Id)
        {
            return Problems.Forbidden("A hospital approves in its own name.");
        }

        var today = ChinaTime.DateOf(clock.GetUtcNow());
        var to = await partners.FindAsync(body.ToHospital, cancellation) is { Role: PartnerRole.Hospital } there ? there : null;
        var approving = await partners.FindAsync(body.ApprovingHospital, cancellation) is { Role: PartnerRole.Hospital } here ? here : null;
        var knowsFrom = regions.TryGet(body.FromRegion, out var insured);
        var knowsTo = regions.TryGet(body.ToRegion, out var treating);
        var errors = new FieldErrors()
            .Require("fromRegion", knowsFrom, "Not a known GB/T 2260 region.")
            .Require("toRegion", knowsTo, "Not a known GB/T 2260 region.")
            .Require("toHospital", to is not null, "Not a partner hospital.")
            .Require("toHospital", to is null || !knowsTo || to.Covers(body.ToRegion), "Not a hospital of the region of the treatment.")
            .Require("approvingHospital", approving is not null, "Not a partner hospital.")
            .Require("validTo", body.ValidTo >= body.ValidFrom, "Before the first day.")
            .Require("validTo", body.ValidTo >= today, "The last day is over.")
            .Require("validTo", body.ValidTo <= body.ValidFrom.AddYears(LongestYears), "More than a year after the first day.")
            .Require("validFrom", body.ValidFrom <= today.AddYears(LongestYears), "More than a year ahead.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var referral = new Referral(
            command.Operation.ResourceId,
            body.Kind,
            body.FromRegion,
            body.ToRegion,
            body.ToHospital,
            body.ApprovingHospital,
            body.ValidFrom,
            body.ValidTo,
            Settlement.Of(body.Kind, insured!.OutOfArea, treating!.OutOfArea));
        var outcome = await desk.DecideAsync(
            command,
            (card, now) => card.Refer(referral, to!, approving!, now),
            card => ReferralView.Of(referral, card, clock.GetUtcNow()),
            cancellation);
        var (answer, problem) = outcome.Read(request);
        return problem is null ? TypedResults.Created($"{request.Path}/{answer!.ReferralId}", answer) : problem;
    }

    /// <summary>Reads where a referral stands, and how the treatment is settled.</summary>
    [Function(nameof(GetReferral))]
    [Callers]
    [Refuses("referral-not-found")]
    public async Task<Results<Ok<ReferralView>, ProblemHttpResult>> GetReferral(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}/referrals/{referralId}")] HttpRequest request,
        string cardNumber,
        string referralId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        return CardNumber.TryParse(cardNumber, out var number)
            && ResourceId.IsOne(referralId)
            && await store.FindAsync(number, caller, cancellation) is { } card
            && await store.FindDocumentAsync<Referral>(number, Referral.Document, referralId, cancellation) is { } referral
                ? TypedResults.Ok(ReferralView.Of(referral, card, clock.GetUtcNow()))
                : ReferralNotFound;
    }

    /// <summary>Withdraws an approval that nobody has used.</summary>
    [Function(nameof(WithdrawReferral))]
    [Callers(PartnerRole.Hospital, PartnerRole.Bureau)]
    [Refuses("approving-hospital-elsewhere", "card-cancelled", "referral-not-open")]
    public async Task<Results<Ok<ReferralView>, ProblemHttpResult>> WithdrawReferral(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ApiRoute.V1 + "cards/{cardNumber}/referrals/{referralId}")] HttpRequest request,
        string cardNumber,
        string referralId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync(request, cardNumber, cancellation, PartnerRole.Hospital, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        // The hospital there may refuse the patient, but not take back what another has approved.
        var outcome = await desk.DecideAsync(
            command,
            (card, now) => card.IsAwayFrom(command.Caller) ? ReferralRefusals.NotApprovable : card.WithdrawReferral(referralId, now),
            card => ReferralView.Of(card.Referrals.Single(known => known.ReferralId == referralId), card, clock.GetUtcNow()),
            cancellation);
        return outcome.ToOk(request);
    }
}

/// <summary>Body of an approval.</summary>
/// <param name="Kind">Under which insurance.</param>
/// <param name="FromRegion">The card's region: GB/T 2260.</param>
/// <param name="ToRegion">The region of the treatment: GB/T 2260.</param>
/// <param name="ToHospital">A partner hospital there.</param>
/// <param name="ApprovingHospital">The partner hospital that sends the patient; the caller itself if that is a hospital.</param>
/// <param name="ValidFrom">The first local day.</param>
/// <param name="ValidTo">The last local day, at most a year later.</param>
/// <example>
/// {
///   "kind": "maternity", "fromRegion": "320200", "toRegion": "140100", "toHospital": "hospital-shanxi-first",
///   "approvingHospital": "hospital-wuxi", "validFrom": "2026-11-27", "validTo": "2026-12-27"
/// }
/// </example>
public sealed record ReferralRequest(
    ReferralKind Kind, string FromRegion, string ToRegion, string ToHospital, string ApprovingHospital, DateOnly ValidFrom, DateOnly ValidTo);
