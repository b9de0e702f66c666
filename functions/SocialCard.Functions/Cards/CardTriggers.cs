using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Partners;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.Cards;

/// <summary>Registering a card, handing it over, and reading it.</summary>
[Tags("Cards")]
public sealed partial class CardTriggers(
    ApiGate gate,
    CardCommands desk,
    CardRepository store,
    OperationKeys registrationKeys,
    HolderProtection holders,
    PartnerDirectory partners,
    RegionPolicies regions,
    TimeProvider clock)
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;

    /// <summary>Registers an issued card.</summary>
    [Function(nameof(RegisterCard))]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(RegisterCardRequest))]
    [Refuses("card-already-registered")]
    public async Task<Results<Created<CardView>, ProblemHttpResult>> RegisterCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<RegisterCardRequest>(request, cancellation, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        var hasId = CitizenId.TryParse(body.Holder.IdNumber, out var id);
        var now = clock.GetUtcNow();
        var errors = new FieldErrors()
            .Require("holder.idNumber", hasId, "Not a valid citizen ID number.")
            .Require("holder.idNumber", !hasId || id!.BirthDate <= ChinaTime.DateOf(now), "The day of birth is in the future.")
            .Require("holder.name", body.Holder.Name.Trim() is { Length: > 0 and <= 64 }, "Between 1 and 64 characters.")
            .Require("holder.mobile", Mobile().IsMatch(body.Holder.Mobile), "Eleven digits that begin with 1.")
            .Require("generation", body.Generation is 2 or 3, "2 or 3.")
            .Require("regionCode", regions.TryGet(body.RegionCode, out _), "Not a known GB/T 2260 region.")
            .Require(
                "bankId",
                await partners.FindAsync(body.BankId, cancellation) is { Role: PartnerRole.Bank },
                "Not a partner bank.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        if (!command.Caller.Covers(body.RegionCode))
        {
            return Problems.Forbidden("The region is not the caller's.");
        }

        if (await registrationKeys.BindAsync(command.Operation, cancellation) is Binding.Other)
        {
            return Problems.IdempotencyKeyReused;
        }

        var holder = holders.Seal(new HolderData(id!, body.Holder.Name.Trim(), body.Holder.Mobile));
        var decision = Card.Register(body.CardNumber, holder, body.RegionCode, body.BankId, body.Generation, now);
        var outcome = await desk.RegisterAsync(decision, command.Operation, CardView.Of, now, cancellation);
        var (card, problem) = outcome.Read(request);
        return problem is null ? TypedResults.Created($"{request.Path}/{body.CardNumber}", card) : problem;
    }

    /// <summary>Notes that the holder has the card, and starts the activation clock.</summary>
    [Function(nameof(ReceiveCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank)]
    [Body(typeof(ReceiveCardRequest))]
    [Refuses("already-received", "card-cancelled")]
    public async Task<Results<Ok<CardView>, ProblemHttpResult>> ReceiveCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/receipt")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<ReceiveCardRequest>(request, cardNumber, cancellation, PartnerRole.Bureau, PartnerRole.Bank);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var today = ChinaTime.DateOf(clock.GetUtcNow());
        var receivedOn = command.Body.ReceivedOn ?? today;
        if (ReceiptDay.Fault(receivedOn, today) is { } fault)
        {
            return Problems.Invalid("receivedOn", fault);
        }

        var outcome = await desk.DecideAsync(
            command,
            (card, now) => card.Receive(receivedOn, regions.For(card.RegionCode).Activation, now),
            CardView.Of,
            cancellation);
        return outcome.ToOk(request);
    }

    /// <summary>Reads a card.</summary>
    [Function(nameof(GetCard))]
    [Callers]
    public async Task<Results<Ok<CardView>, ProblemHttpResult>> GetCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        return CardNumber.TryParse(cardNumber, out var number) && await store.FindAsync(number, caller, cancellation) is { } card
            ? TypedResults.Ok(CardView.Of(card))
            : Problems.CardNotFound;
    }

    /// <summary>Reads what happened to a card, oldest first.</summary>
    [Function(nameof(GetTimeline))]
    [Callers]
    [Query("after", "Only what comes after this number.", Least = 0)]
    [Query("limit", "At most so many.", Least = 1, Most = LargestPage)]
    public async Task<Results<Ok<TimelineView>, ProblemHttpResult>> GetTimeline(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}/timeline")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        if (!PageQuery.TryRead(request, "after", 0, long.MaxValue - LargestPage, 0, out var after))
        {
            return Problems.Invalid("after", "The number of a line, as the page before gave it.");
        }

        if (!PageQuery.TryRead(request, "limit", 1, LargestPage, DefaultPage, out var limit))
        {
            return Problems.Invalid("limit", $"Between 1 and {LargestPage}.");
        }

        if (!CardNumber.TryParse(cardNumber, out var number) || await store.FindAsync(number, caller, cancellation) is null)
        {
            return Problems.CardNotFound;
        }

        var events = new List<TimelineEventView>();
        await foreach (var entry in store.ReadTimelineAsync(number.Value, after, (int)limit, cancellation))
        {
            var details = JsonSerializer.Deserialize<JsonElement>(entry.Details);
            events.Add(new(entry.Sequence, entry.Type, entry.At, entry.By, details, entry.PreviousHash, entry.Hash));
        }

        return TypedResults.Ok(new TimelineView(events, events.Count == limit ? events[^1].Sequence : null));
    }

    [GeneratedRegex("^1[0-9]{10}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();
}

/// <summary>Body of the registration of a card.</summary>
/// <param name="CardNumber">Nine digits or capital letters.</param>
/// <param name="Holder">The holder's data.</param>
/// <param name="RegionCode">GB/T 2260.</param>
/// <param name="BankId">A partner bank.</param>
/// <param name="Generation">2 or 3.</param>
/// <example>
/// {
///   "cardNumber": "T00000004", "holder": {"idNumber": "140105197103147372", "name": "欧阳清风", "mobile": "13917263548"},
///   "regionCode": "530100", "bankId": "bank-icbc", "generation": 3
/// }
/// </example>
public sealed record RegisterCardRequest(CardNumber CardNumber, HolderRequest Holder, string RegionCode, string BankId, int Generation);

/// <summary>A holder's data, as the bureau sends it.</summary>
/// <param name="IdNumber">The citizen ID number; 15 digits of the old form are upgraded.</param>
/// <param name="Name">The name.</param>
/// <param name="Mobile">The mobile number.</param>
public sealed record HolderRequest(string IdNumber, string Name, string Mobile)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "holder";
}

/// <summary>Body of a receipt.</summary>
/// <param name="ReceivedOn">The local day; today when absent.</param>
/// <example>
/// {"receivedOn": "2026-11-24"}
/// </example>
public sealed record ReceiveCardRequest(DateOnly? ReceivedOn = null);
