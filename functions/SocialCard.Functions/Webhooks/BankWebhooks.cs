using System.Text.Json;
using Microsoft.Extensions.Logging;
using SocialCard.Functions.Observability;
using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Webhooks;

/// <summary>
/// What partner banks tell by webhook (Standard Webhooks 1.0): facts that have happened on their side of a card. A repeated
/// id is accepted and changes nothing.
/// </summary>
[Tags("Webhooks")]
public sealed partial class BankWebhooks(
    PartnerDirectory partners,
    PartnerRateLimit rateLimit,
    RequestKey requestKey,
    BankEventIntake intake,
    WebhookLog log,
    TimeProvider clock,
    ILogger<BankWebhooks> logger)
{
    // Whoever has no proof may fill the log no faster than a partner may call.
    private const string Unknown = "unproven webhooks";

    private static readonly TimeSpan PatienceWithLog = TimeSpan.FromSeconds(5);

    /// <summary>Takes one event.</summary>
    [Function(nameof(ReceiveBankEvent))]
    [Signed]
    [Body(typeof(BankEvent))]
    [Refuses(
        "already-produced", "already-received", "bad-signature", "card-cancelled", "card-not-found", "card-number-in-use",
        "fee-mismatch", "fee-not-due", "holder-deceased", "order-not-found", "reissue-not-running", "webhook-id-reused")]
    public async Task<Results<NoContent, ProblemHttpResult>> ReceiveBankEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "webhooks/banks/{bankId}")] HttpRequest request,
        string bankId,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var known = await partners.FindKnownAsync(bankId, cancellation);
        var answer = await TakeAsync(request, known, cancellation);
        if (answer.Result is ProblemHttpResult problem)
        {
            OperationMetrics.FailedWebhook(known?.Partner.Id, CodeOf(problem));
        }

        return answer;
    }

    /// <summary>Takes a proven event once more, that could not be taken when it came.</summary>
    internal async Task RetakeAsync(WebhookDelivery delivery, Partner bank, byte[] body, Partner by, CancellationToken cancellation)
    {
        var retaken = delivery with { RetakenBy = by.Id, ReceivedAt = clock.GetUtcNow() };
        var (problem, type) = await intake.TakeAsync(bank, delivery.WebhookId!, body, cancellation);
        await log.NoteAsync(Judged(retaken with { Type = type }, problem), null, cancellation);
    }

    private async Task<Results<NoContent, ProblemHttpResult>> TakeAsync(
        HttpRequest request, KnownPartner? known, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync(request, cancellation) is not { } bytes)
        {
            return Problems.BodyTooLarge;
        }

        var now = clock.GetUtcNow();
        var id = request.Headers["webhook-id"].ToString();
        if (Unproven(request, known, bytes, now) is { } unproven)
        {
            OperationMetrics.RefusedWebhook(known?.Partner.Id);
            if (known is not null && rateLimit.Take(Unknown) is null)
            {
                await LogAsync(Judged(DeliveryOf(known.Partner, id, bytes, isProven: false), unproven), null);
            }

            return unproven;
        }

        var bank = known!.Partner;
        if (rateLimit.Take(bank.Id) is { } retryAfter)
        {
            return Problems.TooMany(request.HttpContext.Response, retryAfter);
        }

        var delivery = DeliveryOf(bank, id, bytes, isProven: true);
        try
        {
            var (problem, type) = await intake.TakeAsync(bank, id, bytes, cancellation);
            await LogAsync(Judged(delivery with { Type = type }, problem), null);
            return problem is null ? TypedResults.NoContent() : problem;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            var status = StorageFault.Is(failure)
                ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            var reason = StorageFault.Is(failure) ? "storage-unavailable" : "internal-error";
            await LogAsync(delivery with { Outcome = DeliveryOutcome.Failed, Status = status, Reason = reason }, bytes);
            throw;
        }
    }

    private static ProblemHttpResult? Unproven(HttpRequest request, KnownPartner? known, byte[] body, DateTimeOffset now)
    {
        var (id, timestamp, signatures) = (
            request.Headers["webhook-id"].ToString(),
            request.Headers["webhook-timestamp"].ToString(),
            request.Headers["webhook-signature"].ToString());
        if (id.Length is 0 or > 256)
        {
            return Problems.BadSignature("Send a webhook-id of 1 to 256 characters.");
        }

        if (!WebhookSignature.IsFresh(timestamp, now))
        {
            return Problems.BadSignature("The webhook-timestamp is missing or more than 5 minutes off.");
        }

        var secrets = known?.WebhookSecrets.Where(secret => secret.ValidUntil is not { } end || end > now).Select(secret => secret.Secret);
        return secrets is not null && WebhookSignature.IsValid(secrets, id, timestamp, body, signatures)
            ? null
            : Problems.BadSignature("No signature is valid for this bank.");
    }

    private static WebhookDelivery Judged(WebhookDelivery delivery, ProblemHttpResult? problem) => problem is null
        ? delivery with { Outcome = DeliveryOutcome.Taken, Status = StatusCodes.Status204NoContent, Reason = null }
        : delivery with { Outcome = DeliveryOutcome.Refused, Status = problem.StatusCode, Reason = CodeOf(problem) };

    private static string CodeOf(ProblemHttpResult problem) => (string)problem.ProblemDetails.Extensions["code"]!;

    private WebhookDelivery DeliveryOf(Partner bank, string id, byte[] body, bool isProven)
    {
        var now = clock.GetUtcNow();
        return new(
            WebhookLog.IdOf(bank.Id, id, isProven),
            bank.Id,
            id.Length is > 0 and <= 256 && id.All(c => c is > ' ' and < (char)127) ? id : null,
            isProven,
            null,
            now,
            now,
            DeliveryOutcome.Taken,
            StatusCodes.Status204NoContent,
            null,
            Attempts: 1,
            Convert.ToHexStringLower(requestKey.Hash(body)));
    }

    // The event is taken or not, whether or not that can be noted; nobody waits long for it where the storage does not answer.
    private async Task LogAsync(WebhookDelivery delivery, byte[]? body)
    {
        using var patience = new CancellationTokenSource(PatienceWithLog);
        try
        {
            await log.NoteAsync(delivery, body, patience.Token);
        }
        catch (Exception failure) when (StorageFault.Is(failure) || failure is OperationCanceledException)
        {
            NotLogged(failure, delivery.BankId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook of {BankId} could not be noted in the log")]
    private partial void NotLogged(Exception failure, string bankId);
}

/// <summary>The envelope of a bank's webhook.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When the bank noted it.</param>
/// <param name="Data">What the type says.</param>
/// <example>
/// {
///   "type": "card.password.changed", "timestamp": "2026-11-24T14:49:59Z",
///   "data": {"cardNumber": "T00000265", "changedAt": "2026-11-24T14:49:58Z", "effectiveAt": "2026-11-25T14:49:58Z"}
/// }
/// </example>
public sealed record BankEvent(string Type, DateTimeOffset Timestamp, JsonElement Data);
