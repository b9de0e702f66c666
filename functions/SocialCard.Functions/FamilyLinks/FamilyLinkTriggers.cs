using SocialCard.Domain.FamilyLinks;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>Family links (亲情账户): who may show whose medical code. The code itself is another agency's, and is not given here.</summary>
[Tags("Family links")]
public sealed class FamilyLinkTriggers(Api<FamilyLink> links, FamilyLinkOpening opening)
{
    /// <summary>Links a relative to a guardian's account.</summary>
    [Function(nameof(OpenFamilyLink))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(OpenFamilyLinkRequest))]
    [Refuses(
        "already-linked", "card-not-found", "documents-missing", "face-verification-missing", "face-verification-outdated",
        "family-link-limit-reached", "family-link-not-found", "guardian-card-not-active", "guardian-too-young", "holder-mismatch",
        "member-is-guardian", "relation-contradicts-age", "spouse-exists", "undertaking-missing")]
    public Task<Results<Created<FamilyLinkView>, ProblemHttpResult>> OpenFamilyLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "family-links")] HttpRequest request,
        CancellationToken cancellation) =>
        links.Creation<OpenFamilyLinkRequest>(request)
            .Check((errors, body, now) => errors
                .RequireBorn($"member.{body.Member.BirthField}", body.Member.Identity, now)
                .Require("faceVerification.at", body.FaceVerification.At <= now, "The verification is in the future.")
                .Require("undertaking.signedAt", !(body.Undertaking?.SignedAt > now), "The signature is in the future."))
            .Create(context => context.ResourceId, FamilyLinkRefusals.AlreadyLinked, opening.DecideAsync)
            .CreatedAsync(FamilyLinkView.Of, cancellation);

    /// <summary>Reads a link.</summary>
    [Function(nameof(GetFamilyLink))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses("family-link-not-found")]
    public Task<Results<Ok<FamilyLinkView>, NotModified, ProblemHttpResult>> GetFamilyLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "family-links/{linkId}")] HttpRequest request,
        string linkId, CancellationToken cancellation) =>
        links.ReadAsync(request, linkId, FamilyLinkView.Of, cancellation);

    /// <summary>The guardian removes a link.</summary>
    [Function(nameof(RemoveFamilyLink))]
    [Undoes(nameof(OpenFamilyLink))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(RemoveFamilyLinkRequest))]
    [Refuses("family-link-ended", "family-link-not-found", "holder-mismatch")]
    public Task<Results<Ok<FamilyLinkView>, ProblemHttpResult>> RemoveFamilyLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "family-links/{linkId}/withdrawal")]
        HttpRequest request,
        string linkId, CancellationToken cancellation) =>
        links.Command<RemoveFamilyLinkRequest>(request, linkId)
            .Decide((link, _, now) => link.Remove(now))
            .OkAsync(FamilyLinkView.Of, cancellation);
}
