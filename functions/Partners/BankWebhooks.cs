using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SocialCard.Cards;
using SocialCard.Http;
using SocialCard.Regions;

namespace SocialCard.Partners;

/// <summary>
/// What partner banks tell by webhook (Standard Webhooks 1.0): facts that have happened on their side of a card. A repeated
/// id is accepted and changes nothing.
/// </summary>
public sealed class BankWebhooks(
    PartnerDirectory partners,
    PartnerRateLimit rateLimit,
    RequestKey requestKey,
    CardDesk desk,
    RegionPolicies regions,
    IEnumerable<IBankEventReader> readers,
    TimeProvider clock)
{
    /// <summary>Takes one event.</summary>
    [Function(nameof(ReceiveBankEvent))]
    public async Task<Results<NoContent, ProblemHttpResult>> ReceiveBankEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/banks/{bankId}")] HttpRequest request,
        string bankId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await JsonBody.ReadAsync(request, cancellation) is not { } bytes)
        {
            return Problems.BodyTooLarge;
        }

        var now = clock.GetUtcNow();
        var known = await partners.FindKnownAsync(bankId, cancellation);
        if (Unproven(request, known, bytes, now) is { } unproven)
        {
            return unproven;
        }

        var bank = known!.Partner;
        if (rateLimit.Take(bank.Id) is { } retryAfter)
        {
            return Problems.TooMany(request.HttpContext.Response, retryAfter);
        }

        var (envelope, malformed) = JsonBody.Parse<BankEvent>(bytes);
        if (envelope is null)
        {
            return malformed!;
        }

        if (envelope.Timestamp > now + WebhookSignature.Tolerance)
        {
            return Problems.Invalid("timestamp", "The event lies in the future.");
        }

        var (cardNumber, decide, invalid) = await ReadAsync(envelope, bank, now, cancellation);
        if (invalid is not null)
        {
            return invalid;
        }

        Refusal? noted = null;
        var outcome = await desk.DecideAsync(
            cardNumber,
            Operation.Of(bank, $"webhook\n{request.Headers["webhook-id"]}", bytes, requestKey),
            durable,
            (card, at) =>
            {
                var decision = decide!(card, at);
                noted = decision.Noted;
                return decision;
            },
            card => new BankEventTaken(card.Status, noted),
            cancellation);
        var (taken, problem) = outcome.Read(request);
        return problem is not null ? problem
            : taken!.Refused is { } refusal ? Problems.Refused(refusal)
            : TypedResults.NoContent();
    }

    private async Task<BankEventReading> ReadAsync(BankEvent envelope, Partner bank, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var reader in readers)
        {
            if (await reader.ReadAsync(envelope, bank, cancellation) is { } reading)
            {
                return reading;
            }
        }

        var (cardNumber, decide, invalid) = Read(envelope, now);
        return new(cardNumber, decide, invalid);
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

    private (CardNumber CardNumber, Func<Card, DateTimeOffset, Decision>? Decide, ProblemHttpResult? Invalid) Read(
        BankEvent envelope, DateTimeOffset now)
    {
        switch (envelope.Type)
        {
            case "card.financial.activated":
                var (activated, problem) = envelope.Read<FinancialActivatedData>();
                return problem is not null ? (default, null, problem) : (
                    activated!.CardNumber,
                    (card, _) => card.ActivateFinancial(activated.ActivatedAt ?? envelope.Timestamp, regions.For(card.RegionCode).Activation),
                    activated.ActivatedAt > now + WebhookSignature.Tolerance ? Problems.Invalid("data.activatedAt", "Lies in the future.") : null);
            case "card.delivered":
                var (delivered, fault) = envelope.Read<DeliveredData>();
                if (fault is not null)
                {
                    return (default, null, fault);
                }

                var day = delivered!.DeliveredOn ?? ChinaTime.DateOf(envelope.Timestamp);
                return (
                    delivered.CardNumber,
                    (card, at) => card.Receive(day, regions.For(card.RegionCode).Activation, at),
                    ReceiptDay.Fault(day, ChinaTime.DateOf(now)) is { } wrongDay ? Problems.Invalid("data.deliveredOn", wrongDay) : null);
            case "card.password.changed":
                var (changed, wrong) = envelope.Read<PasswordChangedData>();
                if (wrong is not null)
                {
                    return (default, null, wrong);
                }

                var (changedAt, latest) = (changed!.ChangedAt, now + WebhookSignature.Tolerance);
                return (
                    changed.CardNumber,
                    (card, _) => card.FinancialPasswordChanged(changedAt, changed.EffectiveAt ?? changedAt),
                    changedAt > latest ? Problems.Invalid("data.changedAt", "Lies in the future.")
                        : changed.EffectiveAt < changedAt ? Problems.Invalid("data.effectiveAt", "Lies before the change.")
                        : null);
            default:
                return (default, null, Problems.Invalid("type", "Not a known type of event."));
        }
    }

    private sealed record BankEventTaken(CardStatus Status, Refusal? Refused);
}

/// <summary>The envelope of a bank's webhook.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When the bank noted it.</param>
/// <param name="Data">What the type says.</param>
public sealed record BankEvent(string Type, DateTimeOffset Timestamp, JsonElement Data)
{
    /// <summary>What the type says, or the problem with it.</summary>
    /// <typeparam name="T">The form of the type's data.</typeparam>
    public (T? Value, ProblemHttpResult? Problem) Read<T>()
        where T : class => JsonBody.Parse<T>(JsonSerializer.SerializeToUtf8Bytes(Data), "data");
}

/// <summary>Data of <c>card.financial.activated</c>.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ActivatedAt">When the account was activated; the event's timestamp when absent.</param>
public sealed record FinancialActivatedData(CardNumber CardNumber, DateTimeOffset? ActivatedAt = null);

/// <summary>Data of <c>card.password.changed</c>: times only, the password stays with the bank.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ChangedAt">When the holder changed it.</param>
/// <param name="EffectiveAt">From when on the new one counts; at once when absent.</param>
public sealed record PasswordChangedData(CardNumber CardNumber, DateTimeOffset ChangedAt, DateTimeOffset? EffectiveAt = null);

/// <summary>Data of <c>card.delivered</c>.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="DeliveredOn">The local day on which the holder got it; the event's day when absent.</param>
public sealed record DeliveredData(CardNumber CardNumber, DateOnly? DeliveredOn = null);
