using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.FamilyLinks;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>Family links (亲情账户): who may show whose medical code. The code itself is another agency's, and is not given here.</summary>
[Tags("Family links")]
public sealed class FamilyLinkTriggers(
    ApiGate gate,
    CommandExecutor<FamilyLink> desk,
    AggregateRepository<FamilyLink> links,
    FamilyLinkReservations places,
    CardRepository cards,
    HolderProtection holders,
    RegionPolicies regions,
    TimeProvider clock)
{
    private static readonly TimeSpan FaceValidity = TimeSpan.FromHours(24);
    private static readonly PartnerRole[] Desks = [PartnerRole.Bureau, PartnerRole.Online];

    private static ProblemHttpResult LinkNotFound => Problems.Of(404, "family-link-not-found", "There is no such family link within your scope.");

    /// <summary>Links a relative to a guardian's account.</summary>
    [Function(nameof(OpenFamilyLink))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(OpenFamilyLinkRequest))]
    [Refuses(
        "already-linked", "card-not-found", "documents-missing", "face-verification-missing", "face-verification-outdated",
        "family-link-limit-reached", "family-link-not-found", "guardian-card-not-active", "guardian-too-young", "holder-mismatch",
        "member-is-guardian", "undertaking-missing")]
    public async Task<Results<Created<FamilyLinkView>, ProblemHttpResult>> OpenFamilyLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "family-links")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<OpenFamilyLinkRequest>(request, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (body, now, id) = (command.Body, clock.GetUtcNow(), command.Operation.ResourceId);
        var hasMember = CitizenId.TryParse(body.Member.IdNumber, out var memberId);
        var errors = new FieldErrors()
            .Require("guardianIdNumber", CitizenId.TryParse(body.GuardianIdNumber, out var guardianId), "Not a valid citizen ID number.")
            .Require("member.idNumber", hasMember, "Not a valid citizen ID number.")
            .Require("member.idNumber", !hasMember || memberId!.BirthDate <= ChinaTime.DateOf(now), "The day of birth is in the future.")
            .Require("member.name", body.Member.Name.Trim() is { Length: > 0 and <= 64 }, "Between 1 and 64 characters.")
            .Require("faceVerification.reference", IsReference(body.FaceVerification.Reference), "1 to 64 visible ASCII characters.")
            .Require("faceVerification.at", body.FaceVerification.At <= now, "The verification is in the future.")
            .Require("document.reference", body.Document is null || IsReference(body.Document.Reference), "1 to 64 visible ASCII characters.")
            .Require("undertaking.version", body.Undertaking is null || IsReference(body.Undertaking.Version), "1 to 64 visible ASCII characters.")
            .Require("undertaking.signedAt", body.Undertaking is null || body.Undertaking.SignedAt <= now, "The signature is in the future.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        Outcome<FamilyLinkView> outcome;
        if (await links.FindAsync(id, command.Caller, cancellation) is not null)
        {
            outcome = await desk.ExecuteAsync(id, command.Operation, (link, _) => Decision.Unchanged(link), FamilyLinkView.Of, cancellation);
        }
        else if (await cards.FindAsync(body.GuardianCardNumber, command.Caller, cancellation) is not { } card)
        {
            return Problems.CardNotFound;
        }
        else
        {
            var (policy, today) = (regions.For(card.RegionCode), ChinaTime.DateOf(now));
            var decision = OpeningFault(body, card, guardianId!, policy, now) is { } fault ? fault
                : FamilyLink.Open(
                    new()
                    {
                        Id = id,
                        RegionCode = card.RegionCode,
                        Guardian = card.Holder,
                        Member = holders.Seal(new(memberId!, body.Member.Name.Trim(), holders.Open(card.Holder).Mobile)),
                        Relation = body.Relation,
                        Evidence = new(body.FaceVerification, body.Document, body.Undertaking),
                        LinkedAt = now,
                    },
                    memberId!.AgeOn(today) >= policy.FamilySharing.MedicalCodeGuardianBelowAge);
            var refusal = decision.Refusal ?? await TakePlaceAsync(decision.State!, policy, cancellation);
            if (refusal is not null)
            {
                return Problems.Refused(refusal);
            }

            outcome = await desk.OpenAsync(
                decision, command.Operation, FamilyLinkView.Of, now, FamilyLinkRefusals.AlreadyLinked, cancellation);
        }

        var (view, problem) = outcome.Read(request, LinkNotFound);
        return problem is null ? TypedResults.Created($"{request.Path}/{id}", view) : problem;
    }

    /// <summary>Reads a link.</summary>
    [Function(nameof(GetFamilyLink))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses("family-link-not-found")]
    public async Task<Results<Ok<FamilyLinkView>, ProblemHttpResult>> GetFamilyLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "family-links/{linkId}")] HttpRequest request,
        string linkId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, [.. Desks, PartnerRole.Operations]);
        return admission.Value is not { } caller ? admission.Problem!
            : ResourceId.IsOne(linkId) && await links.FindAsync(linkId, caller, cancellation) is { } link
                ? TypedResults.Ok(FamilyLinkView.Of(link))
                : LinkNotFound;
    }

    /// <summary>The guardian removes a link.</summary>
    [Function(nameof(RemoveFamilyLink))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses("family-link-ended", "family-link-not-found")]
    public async Task<Results<Ok<FamilyLinkView>, ProblemHttpResult>> RemoveFamilyLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ApiRoute.V1 + "family-links/{linkId}")] HttpRequest request,
        string linkId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitBareAsync(request, cancellation, Desks);
        return admission.Value is not { } command ? admission.Problem!
            : !ResourceId.IsOne(linkId) ? LinkNotFound
            : (await desk.ExecuteAsync(linkId, command.Operation, (link, now) => link.Remove(now), FamilyLinkView.Of, cancellation))
                .ToOk(request, LinkNotFound);
    }

    private static bool IsReference(string text) => text.Length is > 0 and <= 64 && text.All(c => c is > ' ' and < (char)127);

    private Refusal? OpeningFault(OpenFamilyLinkRequest body, Card card, CitizenId id, RegionPolicy policy, DateTimeOffset now) =>
        !holders.Matches(card.Holder, id) ? Refusal.HolderMismatch
        : card.Status is not CardStatus.Active ? FamilyLinkRefusals.GuardianCardNotActive
        : id.AgeOn(ChinaTime.DateOf(now)) < policy.ElectronicCard.OfChild.GuardianFromAge ? FamilyLinkRefusals.GuardianTooYoung
        : body.FaceVerification.At < now - FaceValidity ? FamilyLinkRefusals.FaceOutdated
        : null;

    private async Task<Refusal?> TakePlaceAsync(FamilyLink link, RegionPolicy policy, CancellationToken cancellation)
    {
        var wanted = new GuardianReservation(link.Id, "Member", link.Member.Key, link.LinkedAt);
        var refusal = await places.ReserveAsync(
            link.Guardian.Key, wanted, others => FamilyLinkReservations.FaultOf(wanted, others, policy.FamilySharing.MedicalCodeMaxLinked), cancellation);
        if (refusal is null)
        {
            await places.IndexMemberAsync(link.Member.Key, link.Id, cancellation);
        }

        return refusal;
    }
}

/// <summary>Body of a link.</summary>
/// <param name="GuardianCardNumber">The card of him who will show the code.</param>
/// <param name="GuardianIdNumber">His ID number, as presented.</param>
/// <param name="Member">The relative.</param>
/// <param name="Relation">What the relative is to him.</param>
/// <param name="FaceVerification">The guardian's face for a child, else the relative's own.</param>
/// <param name="Document">What proves the kinship, for a child.</param>
/// <param name="Undertaking">The guardian's undertaking, for a child.</param>
/// <example>
/// {
///   "guardianCardNumber": "T00000826", "guardianIdNumber": "14010519920404825X",
///   "member": {"idNumber": "140105203911158270", "name": "王小明"}, "relation": "child",
///   "faceVerification": {"of": "guardian", "reference": "face-1", "at": "2042-11-14T16:00:06.0073006+00:00"},
///   "document": {"kind": "birthCertificate", "reference": "scan-1"},
///   "undertaking": {"version": "1", "signedAt": "2042-11-14T16:00:06.0073006+00:00"}
/// }
/// </example>
public sealed record OpenFamilyLinkRequest(
    CardNumber GuardianCardNumber,
    string GuardianIdNumber,
    LinkedRelativeRequest Member,
    Relation Relation,
    FaceEvidence FaceVerification,
    DocumentEvidence? Document = null,
    UndertakingEvidence? Undertaking = null)
{
    /// <summary>Shows nothing of the persons.</summary>
    public override string ToString() => $"family link ({Relation})";
}

/// <summary>A relative to be linked.</summary>
/// <param name="IdNumber">His ID number.</param>
/// <param name="Name">His name.</param>
public sealed record LinkedRelativeRequest(string IdNumber, string Name)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "relative";
}

/// <summary>A family link as the API shows it; the persons masked.</summary>
/// <param name="LinkId">Its id.</param>
/// <param name="RegionCode">Where it was made.</param>
/// <param name="Guardian">Who shows the code.</param>
/// <param name="Member">Whose code it is.</param>
/// <param name="Relation">What the member is to the guardian.</param>
/// <param name="State">Whether it holds.</param>
/// <param name="LinkedAt">Since when it holds.</param>
/// <param name="End">Why it is over.</param>
/// <param name="EndedAt">Since when.</param>
/// <example>
/// {
///   "linkId": "6ecfe15f302be441", "regionCode": "320200", "guardian": {"name": "王**", "idNumber": "**************825X"},
///   "member": {"name": "王**", "idNumber": "**************8270"}, "relation": "child", "state": "active",
///   "linkedAt": "2042-11-14T16:01:06Z", "end": null, "endedAt": null
/// }
/// </example>
public sealed record FamilyLinkView(
    string LinkId,
    string RegionCode,
    LinkedPersonView Guardian,
    LinkedPersonView Member,
    Relation Relation,
    FamilyLinkState State,
    DateTimeOffset LinkedAt,
    FamilyLinkEnd? End,
    DateTimeOffset? EndedAt)
{
    /// <summary>The view of a link.</summary>
    public static FamilyLinkView Of(FamilyLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new(
            link.Id,
            link.RegionCode,
            new(link.Guardian.Name, link.Guardian.IdNumber),
            new(link.Member.Name, link.Member.IdNumber),
            link.Relation,
            link.End is null ? FamilyLinkState.Active : FamilyLinkState.Ended,
            link.LinkedAt,
            link.End,
            link.EndedAt);
    }
}

/// <summary>A person, masked.</summary>
/// <param name="Name">All but the first character hidden.</param>
/// <param name="IdNumber">All but the last four characters hidden.</param>
public sealed record LinkedPersonView(string Name, string IdNumber);

/// <summary>Whether a link holds.</summary>
public enum FamilyLinkState
{
    /// <summary>It holds.</summary>
    Active,

    /// <summary>It is over.</summary>
    Ended,
}
