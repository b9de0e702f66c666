using SocialCard.Functions.Partners;

namespace SocialCard.Functions.PartnerRegistration;

/// <summary>Registering partners and changing over their webhook secrets, for operations.</summary>
[Tags("Partners")]
public sealed class PartnerTriggers(
    PlainApi api, PartnerRepository store, PartnerDirectory directory, RegionPolicies regions, TimeProvider clock)
{
    private const string Operations = ApiRoute.V1 + "operations/partners";
    private const int Page = 100;

    private const int ShortestKey = 24;
    private const int LongestOverlap = 30 * 24;

    private static Refusal NotFound => new(RefusedBy.Absence, "partner-not-found", "There is no such partner.");

    /// <summary>Registers a partner, or replaces its registration; the keys are known to both sides already.</summary>
    [Function(nameof(PutPartner))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Operations)]
    [Body(typeof(PutPartnerRequest))]
    public Task<Results<NoContent, ProblemHttpResult>> PutPartner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "partners/{partnerId}")] HttpRequest request,
        string partnerId, CancellationToken cancellation) =>
        api.Command<PutPartnerRequest>(request)
            .Check(async (errors, body, token) => errors
                .Require("partnerId", Partner.IsId(partnerId), "1 to 64 of the characters a-z, 0-9 and -.")
                .Require("apiKey", body.ApiKey.Length >= ShortestKey, $"At least {ShortestKey} characters.")
                .Require(
                    "apiKey",
                    await directory.FindByKeyAsync(body.ApiKey, token) is not { } owner || owner.Id == partnerId,
                    "Belongs to another partner.")
                .Require("webhookSecret", body.Role is not PartnerRole.Bank || body.WebhookSecret is not null, "A bank needs one.")
                .Require(
                    "services",
                    (body.Role is PartnerRole.Agency) == (body.Services is { Count: > 0 }),
                    "An agency runs some; others none.")
                .Require("services", body.Services is not { } run || run.Distinct().Count() == run.Count, "Each at most once.")
                .RequireRegion("regionCode", body.RegionCode, regions))
            .NoContentAsync(
                async (body, token) =>
                {
                    await store.PutAsync(
                        new(partnerId, body.Role, body.ApiKey, body.WebhookSecret, body.RegionCode, body.Services), token);
                    await directory.ForgetAsync(token);
                    return null;
                },
                cancellation);

    /// <summary>Gives a bank a new webhook secret; the one before stays valid for the overlap.</summary>
    [Function(nameof(RotateWebhookSecret))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Operations)]
    [Body(typeof(RotateWebhookSecretRequest))]
    [Refuses("partner-not-found")]
    public Task<Results<NoContent, ProblemHttpResult>> RotateWebhookSecret(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "partners/{partnerId}/webhook-secrets")]
        HttpRequest request,
        string partnerId,
        CancellationToken cancellation) =>
        api.Command<RotateWebhookSecretRequest>(request)
            .Check((errors, body, _) => Task.FromResult(
                errors.Require("overlapHours", body.OverlapHours is >= 0 and <= LongestOverlap, $"From 0 to {LongestOverlap}.")))
            .NoContentAsync(
                async (body, token) =>
                {
                    if (!Partner.IsId(partnerId)
                        || !await store.RotateWebhookSecretAsync(partnerId, body.Secret, TimeSpan.FromHours(body.OverlapHours), token))
                    {
                        return NotFound;
                    }

                    await directory.ForgetAsync(token);
                    return null;
                },
                cancellation);

    /// <summary>Ends the overlap of a change of secrets at once: only a bank's newest secret counts from now on.</summary>
    [Function(nameof(EndSecretOverlap))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Refuses("partner-not-found")]
    public Task<Results<NoContent, ProblemHttpResult>> EndSecretOverlap(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Operations + "/{partnerId}/webhook-secrets/overlap-end")]
        HttpRequest request,
        string partnerId,
        CancellationToken cancellation) =>
        api.Command(request).NoContentAsync(
            async (_, token) =>
            {
                if (!Partner.IsId(partnerId) || !await store.EndOverlapAsync(partnerId, token))
                {
                    return NotFound;
                }

                await directory.ForgetAsync(token);
                return null;
            },
            cancellation);

    /// <summary>Lists the partners, by id, without what proves them.</summary>
    [Function(nameof(GetPartners))]
    [Callers(PartnerRole.Operations)]
    [Query("after", "Only partners after this one, which a page before gave.", Pattern = @"^[a-z0-9-]{1,64}\z")]
    public Task<Results<Ok<PartnersView>, NotModified, ProblemHttpResult>> GetPartners(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Operations)] HttpRequest request,
        CancellationToken cancellation) =>
        api.ReadAsync<PartnersView>(
            request,
            async (_, token) =>
            {
                var after = (string?)request.Query["after"];
                if (after is not null && !Partner.IsId(after))
                {
                    return Problems.Invalid("after", "The id of a partner, as the page before gave it.");
                }

                var (all, now) = (await store.ReadAllAsync(token), clock.GetUtcNow());
                var rest = all.OrderBy(known => known.Partner.Id, StringComparer.Ordinal)
                    .SkipWhile(known => string.CompareOrdinal(known.Partner.Id, after) <= 0).ToList();
                var items = rest.Take(Page).Select(known => PartnerView.Of(known, now)).ToList();
                return new PartnersView(items, rest.Count > Page ? items[^1].Id : null);
            },
            cancellation);
}

/// <summary>Body of a partner's registration.</summary>
/// <param name="Role">What it is.</param>
/// <param name="ApiKey">Its API key; only its hash is stored.</param>
/// <param name="WebhookSecret">The secret of its webhooks, for a bank.</param>
/// <param name="RegionCode">Its region; the whole country when absent.</param>
/// <param name="Services">The public services that it runs, for an agency; it verifies cards for these.</param>
/// <example>
/// {"role": "hospital", "apiKey": "key-of-hospital-wuxi-that-only-it-knows", "regionCode": "320200"}
/// </example>
public sealed record PutPartnerRequest(
    PartnerRole Role,
    string ApiKey,
    WebhookSecret? WebhookSecret = null,
    string? RegionCode = null,
    IReadOnlyList<PublicService>? Services = null)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"partner ({Role})";
}

/// <summary>Body of a change of secrets.</summary>
/// <param name="Secret">The new secret.</param>
/// <param name="OverlapHours">How long the secrets before it stay valid.</param>
/// <example>
/// {"secret": "whsec_bmV3LXNlY3JldC1vZi10aGUtc2Vjb25kLWJhbms=", "overlapHours": 48}
/// </example>
public sealed record RotateWebhookSecretRequest(WebhookSecret Secret, int OverlapHours = 24);
