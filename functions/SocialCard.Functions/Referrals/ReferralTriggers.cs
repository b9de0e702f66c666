using SocialCard.Domain.Holders;
using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Referrals;

/// <summary>Approving treatment in another province, following the approval, withdrawing it.</summary>
[Tags("Referrals")]
public sealed class ReferralTriggers(
    Api<Holder> holders,
    Api<Card> ofCards,
    AggregateRepository<Holder> people,
    AggregateRepository<Card> cards,
    PartnerDirectory partners,
    RegionPolicies regions,
    TimeProvider clock)
{
    // An approval of the referral kind lasts for the treatment; a year is the longest that is asked for.
    private const int LongestYears = 1;

    /// <summary>Approves a treatment.</summary>
    [Function(nameof(ApproveReferral))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Hospital, PartnerRole.Bureau)]
    [Body(typeof(ReferralRequest))]
    [Refuses(
        "approving-hospital-elsewhere", "card-cancelled", "from-region-mismatch", "holder-deceased", "holder-nationality-renounced",
        "referral-not-needed", "too-many-referrals")]
    public Task<Results<Created<ReferralView>, ProblemHttpResult>> ApproveReferral(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/referrals")] HttpRequest request,
        string cardNumber, CancellationToken cancellation)
    {
        Card? card = null;
        return holders.Command<ReferralRequest>(
                request,
                async (context, token) => (card = await FindAsync(cardNumber, context.Caller, token))?.Holder.Id,
                Refusal.CardNotFound)
            .Unless((context, _) => context.Caller.Role is PartnerRole.Hospital && context.Body.ApprovingHospital != context.Caller.Id
                ? Problems.Forbidden("A hospital approves in its own name.") : null)
            .Parse(ReadAsync)
            .Decide((holder, context, now) => holder.Referrals.Approve(
                context.Body.Referral, card!, context.Body.To, context.Body.Approving, now))
            .CreatedAsync((_, view, _) => view!, cancellation);
    }

    /// <summary>Reads where a referral stands, and how the treatment is settled.</summary>
    [Function(nameof(GetReferral))]
    [Callers]
    [Refuses("referral-not-found")]
    public Task<Results<Ok<ReferralView>, NotModified, ProblemHttpResult>> GetReferral(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/referrals/{referralId}")]
        HttpRequest request,
        string cardNumber,
        string referralId,
        CancellationToken cancellation) =>
        ofCards.ReadAsync(
            request,
            cardNumber,
            async (card, token) => await FindAsync(card, referralId, token) is { } found
                ? ReferralView.Of(found, card.Civil.Ended is not null, clock.GetUtcNow())
                : null,
            cancellation,
            ReferralRefusals.NotFound);

    /// <summary>Withdraws an approval that nobody has used.</summary>
    [Function(nameof(WithdrawReferral))]
    [Undoes(nameof(ApproveReferral))]
    [Callers(PartnerRole.Hospital, PartnerRole.Bureau)]
    [Refuses("card-cancelled", "referral-not-open", "undo-elsewhere")]
    public Task<Results<Ok<ReferralView>, ProblemHttpResult>> WithdrawReferral(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ApiRoute.V1 + "cards/{cardNumber}/referrals/{referralId}")]
        HttpRequest request,
        string cardNumber,
        string referralId,
        CancellationToken cancellation)
    {
        Card? card = null;
        return holders.Command(
                request,
                async (context, token) => (card = await FindAsync(cardNumber, context.Caller, token))?.Holder.Id,
                Refusal.CardNotFound)
            // The hospital there may refuse the patient, but not take back what another has approved.
            .Undoing(holder => holder.KnownReferrals.FirstOrDefault(known => known.ReferralId == referralId) is { } known
                ? new(known.ApprovingHospital, []) : null)
            .Decide((holder, _, now) => card!.Social.State is SocialState.Cancelled ? Refusal.CardCancelled
                : holder.Referrals.Withdraw(referralId, now))
            .OkAsync((_, view) => view!, cancellation);
    }

    private async Task<Card?> FindAsync(string cardNumber, Partner caller, CancellationToken cancellation) =>
        CardNumber.TryParse(cardNumber, out var number) ? await cards.FindAsync(number.Value, caller, cancellation) : null;

    // As the card knows it, else as the holder has kept it; those that had ended before holders kept them are the card's.
    private async Task<Referral?> FindAsync(Card card, string referralId, CancellationToken cancellation) =>
        !ResourceId.IsOneOf(card.Number.Value, referralId) ? null
        : card.KnownReferrals.FirstOrDefault(known => known.ReferralId == referralId)
            ?? await people.FindDocumentAsync<Referral>(card.Holder.Id, Referral.Document, referralId, cancellation)
            ?? await cards.FindDocumentAsync<Referral>(card.Number.Value, Referral.Document, referralId, cancellation);

    private async Task<Admission<Approval>> ReadAsync(
        CommandContext<ReferralRequest> context, DateTimeOffset now, CancellationToken cancellation)
    {
        var body = context.Body;
        var today = ChinaTime.DateOf(now);
        var latestStart = today.AddYears(LongestYears);
        var to = await HospitalAsync(body.ToHospital, cancellation);
        var approving = await HospitalAsync(body.ApprovingHospital, cancellation);
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
            .Require(
                "validTo",
                body.ValidFrom > latestStart || body.ValidTo <= body.ValidFrom.AddYears(LongestYears),
                "More than a year after the first day.")
            .Require("validFrom", body.ValidFrom <= latestStart, "More than a year ahead.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var referral = new Referral(
            context.ResourceId,
            body.Kind,
            body.FromRegion,
            body.ToRegion,
            body.ToHospital,
            body.ApprovingHospital,
            body.ValidFrom,
            body.ValidTo,
            Settlement.Of(body.Kind, insured!.OutOfArea, treating!.OutOfArea));
        return new Approval(referral, to!, approving!);
    }

    private async Task<Partner?> HospitalAsync(string id, CancellationToken cancellation) =>
        await partners.FindAsync(id, cancellation) is { Role: PartnerRole.Hospital } hospital ? hospital : null;

    /// <summary>An approval of which the card has only to say whether it may be.</summary>
    private sealed record Approval(Referral Referral, Partner To, Partner Approving);
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
    ReferralKind Kind,
        string FromRegion,
        string ToRegion,
        string ToHospital,
        string ApprovingHospital,
        DateOnly ValidFrom,
        DateOnly ValidTo);
