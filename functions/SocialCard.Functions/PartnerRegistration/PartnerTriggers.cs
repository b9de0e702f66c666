using SocialCard.Functions.Partners;

namespace SocialCard.Functions.PartnerRegistration;

/// <summary>Registering partners and changing over their webhook secrets, for operations.</summary>
[Tags("Partners")]
public sealed class PartnerTriggers(PlainApi api, PartnerRepository store, PartnerDirectory directory, RegionPolicies regions)
{
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
