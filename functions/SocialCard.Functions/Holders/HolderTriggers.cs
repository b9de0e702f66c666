using SocialCard.Domain.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Holders;

/// <summary>Reading a holder, and what happened to him and to his cards.</summary>
[Tags("Holders")]
public sealed class HolderTriggers(Api<Holder> holders, HolderTimeline timeline)
{
    /// <summary>Reads a holder.</summary>
    [Function(nameof(GetHolder))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hotline, PartnerRole.Online, PartnerRole.Bank, PartnerRole.Operations)]
    [Refuses("holder-not-found")]
    public Task<Results<Ok<HolderDetails>, NotModified, ProblemHttpResult>> GetHolder(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "holders/{holderId}")] HttpRequest request,
        string holderId, CancellationToken cancellation) =>
        holders.ReadAsync(request, holderId, HolderDetails.Of, cancellation);

    /// <summary>
    /// Reads what happened to a holder and to those of his cards that the caller may see, oldest first. Each line names the card that it
    /// is from, and is a line of that card's own timeline.
    /// </summary>
    [Function(nameof(GetHolderTimeline))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hotline, PartnerRole.Operations)]
    [Query("after", "Only what comes after so many lines.", Least = 0)]
    [Query("limit", "At most so many.", Least = 1, Most = TimelinePage.Largest)]
    [Refuses("holder-not-found")]
    public async Task<Results<Ok<HolderTimelineView>, NotModified, ProblemHttpResult>> GetHolderTimeline(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "holders/{holderId}/timeline")] HttpRequest request,
        string holderId,
        CancellationToken cancellation)
    {
        var admission = await holders.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var (page, invalid) = TimelinePage.Of(request);
        return page is null ? invalid!
            : await timeline.ReadAsync(holderId, caller, page, cancellation) is { } lines ? NotModified.Unless(request, lines)
            : Problems.Refused(HolderRefusals.NotFound);
    }
}

/// <summary>A holder as the API shows him.</summary>
/// <param name="Holder">Who he is, masked.</param>
/// <param name="Status">Whether he lives.</param>
/// <param name="EndedOn">The local day of his death, or of the end of his nationality.</param>
/// <param name="Household">Where his household is registered: GB/T 2260.</param>
/// <param name="Cards">His cards, those that have ended too.</param>
/// <param name="ClaimsCard">Whether his parents or his guardian may have his first card registered.</param>
/// <param name="SharesNumber">Whether others have, or had, his number, so that whoever asks must say whom he means.</param>
/// <param name="Referrals">How many referrals to other provinces are known.</param>
/// <example>
/// {
///   "holder": {
///     "idNumber": "**************7372",
///     "document": {"type": "residentId", "number": "**************7372", "nationality": null}, "name": "欧**", "mobile": "139****3548",
///     "holderId": "3bb9f30add92038516b83c2c614e9662eb43fe3bde5267b9e9166b56d11341a8"
///   },
///   "status": "alive", "endedOn": null, "household": "320200",
///   "cards": [
///     {"number": "T00000004", "regionCode": "530100", "bankId": "bank-icbc", "since": "2026-11-24T14:48:56Z", "replaces": null}
///   ],
///   "claimsCard": false, "sharesNumber": false, "referrals": 0
/// }
/// </example>
public sealed record HolderDetails(
    HolderView Holder,
    HolderStatus Status,
    DateOnly? EndedOn,
    string? Household,
    IReadOnlyList<HolderCard> Cards,
    bool ClaimsCard,
    bool SharesNumber,
    int Referrals)
{
    /// <summary>The view of a holder.</summary>
    public static HolderDetails Of(Holder holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return new(
            HolderView.Of(holder.Person),
            StatusOf(holder),
            holder.End?.OccurredOn,
            holder.Household?.RegionCode,
            holder.Cards,
            holder.ClaimsCard,
            holder.SharesNumber,
            holder.KnownReferrals.Count);
    }

    internal static HolderStatus StatusOf(Holder holder) => holder.End?.Reason switch
    {
        StateReason.Deceased => HolderStatus.Deceased,
        StateReason.NationalityRenounced => HolderStatus.NationalityRenounced,
        _ => HolderStatus.Alive,
    };
}

/// <summary>Whether a holder lives.</summary>
public enum HolderStatus
{
    /// <summary>He lives, as far as anybody has told.</summary>
    Alive,

    /// <summary>He is recorded as dead.</summary>
    Deceased,

    /// <summary>He has renounced the nationality.</summary>
    NationalityRenounced,
}
