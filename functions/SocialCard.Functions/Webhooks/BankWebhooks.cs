using System.Collections.Frozen;
using System.Text.Json;
using SocialCard.Functions.Observability;
using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Webhooks;

/// <summary>
/// What partner banks tell by webhook (Standard Webhooks 1.0): facts that have happened on their side of a card. A repeated
/// id is accepted and changes nothing.
/// </summary>
[Tags("Webhooks")]
public sealed class BankWebhooks(
    PartnerDirectory partners,
    PartnerRateLimit rateLimit,
    RequestKey requestKey,
    CommandExecutor<Card> executor,
    IEnumerable<IBankEventReader> readers,
    UnknownParts unknown,
    TimeProvider clock)
{
    private readonly FrozenDictionary<string, IBankEventReader> types = readers.ToFrozenDictionary(reader => reader.Type);

    /// <summary>Takes one event.</summary>
    [Function(nameof(ReceiveBankEvent))]
    [Signed]
    [Body(typeof(BankEvent))]
    [Refuses(
        "already-produced", "already-received", "bad-signature", "card-cancelled", "card-not-found", "card-number-in-use",
        "fee-mismatch", "fee-not-due", "holder-deceased", "reissue-not-running", "webhook-id-reused")]
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
            OperationMetrics.FailedWebhook(known?.Partner.Id, (string)problem.ProblemDetails.Extensions["code"]!);
        }

        return answer;
    }

    private async Task<Results<NoContent, ProblemHttpResult>> TakeAsync(
        HttpRequest request, KnownPartner? known, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync(request, cancellation) is not { } bytes)
        {
            return Problems.BodyTooLarge;
        }

        var now = clock.GetUtcNow();
        if (Unproven(request, known, bytes, now) is { } unproven)
        {
            OperationMetrics.RefusedWebhook(known?.Partner.Id);
            return unproven;
        }

        var bank = known!.Partner;
        if (rateLimit.Take(bank.Id) is { } retryAfter)
        {
            return Problems.TooMany(request.HttpContext.Response, retryAfter);
        }

        var (envelope, malformed) = JsonBody.Parse<BankEvent>(bytes, reading: SocialCardJson.Tolerant);
        if (envelope is null)
        {
            return malformed!;
        }

        if (!types.TryGetValue(envelope.Type, out var reader))
        {
            unknown.Type(bank.Id, envelope.Type);
            return TypedResults.NoContent();
        }

        var read = await reader.ReadAsync(envelope, now, cancellation);
        if (read.Value is not { } fact)
        {
            return read.Problem!;
        }

        unknown.Fields(
            bank.Id,
            envelope.Type,
            [.. UnknownFields.In<BankEvent>(JsonSerializer.Deserialize<JsonElement>(bytes)), .. fact.UnknownFields]);
        var name = $"webhook\n{request.Headers["webhook-id"]}";
        var operation = Operation.Of(bank, name, fact.Said, requestKey);
        var outcome = await DecideAsync(fact, operation, cancellation);
        if (outcome is Outcome<BankEventTaken>.KeyReused)
        {
            // Version 1.0 knew an event by its whole body; a bank that repeats one from then repeats that too.
            outcome = await DecideAsync(fact, Operation.Of(bank, name, bytes, requestKey), cancellation);
        }

        if (outcome is Outcome<BankEventTaken>.KeyReused)
        {
            return await ContradictAsync(fact.CardNumber, operation, envelope.Type, cancellation);
        }

        var (taken, problem) = outcome.ToReply(request, Refusal.CardNotFound);
        return problem is not null ? problem
            : taken!.Refused is { } refusal ? Problems.Refused(refusal)
            : TypedResults.NoContent();
    }

    private Task<Outcome<BankEventTaken>> DecideAsync(BankFact fact, Operation operation, CancellationToken cancellation) =>
        executor.ExecuteAsync(
            fact.CardNumber.Value,
            operation,
            (card, at) => fact.Decide(card, operation, at),
            (card, refusal) => new BankEventTaken(card.Status, refusal),
            cancellation);

    /// <summary>The card notes that an id came again with other data, once however often that comes, and operations hear of it.</summary>
    private async Task<ProblemHttpResult> ContradictAsync(
        CardNumber card, Operation operation, string type, CancellationToken cancellation)
    {
        await executor.ExecuteAsync(
            card.Value,
            operation.Then("contradicted"),
            (state, _) => Decision.Changed(state, new BankEventContradicted(operation.ResourceId, type)),
            state => new BankEventTaken(state.Status, null),
            cancellation);
        return Problems.Refused(Refusal.WebhookIdReused);
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

    private sealed record BankEventTaken(CardStatus Status, Refusal? Refused);
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
