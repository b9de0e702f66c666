using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Webhooks;

/// <summary>The log of webhooks: what banks sent, what came of it, and taking again what failed through the service's own fault.</summary>
[Tags("Operations")]
public sealed class WebhookDeliveryTriggers(PlainApi api, WebhookLog log, BankWebhooks webhooks, PartnerDirectory partners)
{
    private const string Route = ApiRoute.V1 + "operations/webhook-deliveries";
    private const int Page = 100;

    /// <summary>Lists the webhooks of ninety days, the latest tries first.</summary>
    [Function(nameof(GetWebhookDeliveries))]
    [Callers(PartnerRole.Operations)]
    [Query("bankId", "Only those of a bank.", Pattern = @"^[a-z0-9-]{1,64}\z")]
    [Query("outcome", "Only those of which this came.", Form = typeof(DeliveryOutcome))]
    [Query("after", "Only what comes after this, which a page before gave.", Pattern = WebhookLog.CursorForm)]
    public Task<Results<Ok<WebhookDeliveriesView>, NotModified, ProblemHttpResult>> GetWebhookDeliveries(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        api.ReadAsync(request, (_, token) => ReadAsync(request, token), cancellation);

    /// <summary>
    /// Takes a proven event again that could not be taken when it came, through a fault of the service or its storage. The log says then
    /// what came of it.
    /// </summary>
    [Function(nameof(RetakeWebhook))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Refuses("delivery-not-failed", "delivery-not-found")]
    public Task<Results<NoContent, ProblemHttpResult>> RetakeWebhook(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{deliveryId}/retake")] HttpRequest request,
        string deliveryId, CancellationToken cancellation) =>
        api.Command(request).CarryOutAsync(
            async (context, token) =>
            {
                if (await log.FindAsync(deliveryId, token) is not var (delivery, body)
                    || await partners.FindAsync(delivery.BankId, token) is not { } bank)
                {
                    return Refusal.DeliveryNotFound;
                }

                if (delivery.Outcome is not DeliveryOutcome.Failed || body is null)
                {
                    return Refusal.DeliveryNotFailed;
                }

                await webhooks.RetakeAsync(delivery, bank, body, context.Caller, token);
                return null;
            },
            cancellation);

    private async Task<Reply<WebhookDeliveriesView>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var (bank, after) = ((string?)request.Query["bankId"], (string?)request.Query["after"]);
        DeliveryOutcome outcome = default;
        var ofOutcome = request.Query.ContainsKey("outcome");
        var errors = new FieldErrors()
            .Require(
                "bankId", bank is null || bank.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "A bank's id.")
            .Require("outcome", !ofOutcome || PageQuery.TryRead(request, "outcome", out outcome), "One of taken, refused, failed.")
            .Require("after", after is null || WebhookLog.IsCursor(after), "The cursor of a delivery, as the page before gave it.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var (items, next) = await log.ReadAsync(bank, ofOutcome ? outcome : null, after, Page, cancellation);
        return new WebhookDeliveriesView(items, next);
    }
}

/// <summary>A page of the log of webhooks.</summary>
/// <param name="Items">The webhooks, the latest tries first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this; null where there are no more.</param>
/// <example>
/// {
///   "items": [
///     {
///       "id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "bankId": "bank-icbc", "webhookId": "event-1", "isProven": true,
///       "type": "card.delivered", "receivedAt": "2026-11-24T14:49:44Z", "firstAt": "2026-11-24T14:49:44Z", "outcome": "refused",
///       "status": 404, "reason": "card-not-found", "attempts": 1,
///       "bodyHash": "5f2b3f5e0d3c4f0e9f0e0d3c4f0e9f0e5f2b3f5e0d3c4f0e9f0e0d3c4f0e9f0e", "retakenBy": null
///     }
///   ],
///   "next": null
/// }
/// </example>
public sealed record WebhookDeliveriesView(IReadOnlyList<WebhookDelivery> Items, string? Next);
