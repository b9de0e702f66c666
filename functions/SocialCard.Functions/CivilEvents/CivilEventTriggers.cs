using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Partners;
using SocialCard.Functions.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// How civil registries tell of events: over HTTPS by the person's ID number, or over the queue <c>civil-events</c> by one of his
/// cards. What comes over HTTPS is put on the queue too, so that both are carried out in one way.
/// </summary>
[Tags("Civil events")]
public sealed class CivilEventTriggers(
    ApiGate gate,
    CardRepository store,
    CivilEventRepository events,
    CivilEventDesk desk,
    HolderProtection holders,
    PartnerDirectory partners,
    QueueServiceClient queues,
    RegionPolicies regions,
    TimeProvider clock)
{
    private static ProblemHttpResult HolderNotFound =>
        Problems.Of(404, "holder-not-found", "No card within your scope has this holder.");

    private static ProblemHttpResult IdNumberInUse =>
        Problems.Of(409, "id-number-in-use", "Cards of a holder of another name have the corrected ID number.");

    private static ProblemHttpResult EventNotFound => Problems.Of(404, "civil-event-not-found", "You have told of no such event.");

    /// <summary>Takes an event over HTTPS; the only way for one that carries a new name or ID number.</summary>
    [Function(nameof(ReportCivilEvent))]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(CivilEventRequest))]
    [Refuses("holder-not-found", "id-number-in-use")]
    public async Task<Results<Accepted<CivilEventView>, ProblemHttpResult>> ReportCivilEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "civil-events")] HttpRequest request, CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<CivilEventRequest>(request, cancellation, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (caller, operation) = (command.Caller, command.Operation);
        if (await events.FindAsync(caller.Id, operation.ResourceId, cancellation) is { } before)
        {
            return before.RequestHash == operation.RequestHash
                ? await AcceptAsync(request, before, replayed: true, cancellation) : Problems.IdempotencyKeyReused;
        }

        var body = command.Body;
        var newName = body.NewName?.Trim();
        CitizenId? newId = null;
        var today = ChinaTime.DateOf(clock.GetUtcNow());
        var errors = new FieldErrors()
            .Require("idNumber", CitizenId.TryParse(body.IdNumber, out var id), "Not a valid citizen ID number.")
            .Require("occurredOn", body.OccurredOn <= today, "The day is in the future.")
            .Require("newName", (body.Kind is CivilEventKind.NameChange) == (newName is not null), "For a change of name, and only then.")
            .Require("newName", newName is null or { Length: > 0 and <= 64 }, "Between 1 and 64 characters.")
            .Require("newIdNumber", (body.Kind is CivilEventKind.IdCorrection) == (body.NewIdNumber is not null), "For a correction, and only then.")
            .Require("newIdNumber", body.NewIdNumber is null || CitizenId.TryParse(body.NewIdNumber, out newId), "Not a valid citizen ID number.")
            .Require("newIdNumber", newId is null || newId != id, "The number as it was.")
            .Require("toRegion", (body.Kind is CivilEventKind.Move) == (body.ToRegion is not null), "For a move, and only then.")
            .Require("toRegion", body.ToRegion is null || regions.TryGet(body.ToRegion, out _), "Not a known GB/T 2260 region.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var holderKey = await store.ResolveHolderAsync(holders.KeyOf(id!), cancellation);
        if (await store.ReadOfHolderAsync(holderKey, cancellation).FirstOrDefaultAsync(known => known.IsSeenBy(caller), cancellation) is not { } card)
        {
            return HolderNotFound;
        }

        var newKey = newId is null ? null : holders.KeyOf(newId);
        if (newKey is not null && await desk.IsAnothersAsync(newKey, holders.Open(card.Holder).Name, cancellation))
        {
            return IdNumberInUse;
        }

        var message = new CivilEventMessage(operation.ResourceId, caller.Id, body.Kind, card.Number, body.OccurredOn, body.ToRegion);
        var kept = await events.KeepAsync(
            new(message, holderKey, newKey, newName ?? newId?.Value, operation.RequestHash), cancellation);
        return await AcceptAsync(request, kept, replayed: false, cancellation);
    }

    /// <summary>Reads whether an event is carried out.</summary>
    [Function(nameof(GetCivilEvent))]
    [Callers(PartnerRole.Bureau)]
    [Refuses("civil-event-not-found")]
    public async Task<Results<Ok<CivilEventView>, ProblemHttpResult>> GetCivilEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "civil-events/{eventId}")] HttpRequest request,
        string eventId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, PartnerRole.Bureau);
        return admission.Value is not { } caller ? admission.Problem!
            : CivilEventMessage.IsId(eventId) && await events.FindAsync(caller.Id, eventId, cancellation) is { } reported
            ? TypedResults.Ok(CivilEventView.Of(reported))
            : EventNotFound;
    }

    /// <summary>Carries out an event. One that cannot be carried out fails and ends on the poison queue.</summary>
    /// <exception cref="InvalidCivilEventException">The message cannot be used.</exception>
    [Function(nameof(TakeCivilEvent))]
    public async Task TakeCivilEvent([QueueTrigger(CivilEventMessage.Queue)] string message, CancellationToken cancellation)
    {
        var told = CivilEventMessage.Parse(message);
        var reported = await events.FindAsync(told.PartnerId, told.MessageId, cancellation)
            ?? await events.KeepAsync(await ReadAsync(told, cancellation), cancellation);
        if (reported.Message != told)
        {
            throw new InvalidCivilEventException("The message id was used for another event.");
        }

        if (!reported.IsDone)
        {
            await desk.CarryOutAsync(reported, cancellation);
        }
    }

    private async Task<ReportedEvent> ReadAsync(CivilEventMessage told, CancellationToken cancellation)
    {
        if (await partners.FindAsync(told.PartnerId, cancellation) is not { Role: PartnerRole.Bureau } partner)
        {
            throw new InvalidCivilEventException("The partner is not a bureau.");
        }

        if (CivilEventMessage.IsPersonal(told.Kind))
        {
            throw new InvalidCivilEventException("An event with personal data comes over HTTPS.");
        }

        if (told.OccurredOn > ChinaTime.DateOf(clock.GetUtcNow()))
        {
            throw new InvalidCivilEventException("The event lies in the future.");
        }

        if (told.ToRegion is { } region && !regions.TryGet(region, out _))
        {
            throw new InvalidCivilEventException("The region is not known.");
        }

        return await store.FindAsync(told.CardNumber, partner, cancellation) is { } card
            ? new(told, card.Holder.Key) : throw new InvalidCivilEventException("The card is not known.");
    }

    /// <summary>Puts the event on the queue; twice does no harm, and a caller who heard no answer asks for it again.</summary>
    private async Task<Accepted<CivilEventView>> AcceptAsync(
        HttpRequest request, ReportedEvent reported, bool replayed, CancellationToken cancellation)
    {
        if (replayed)
        {
            request.HttpContext.Response.Headers["Idempotency-Replayed"] = "true";
        }

        if (!reported.IsDone)
        {
            await queues.GetQueueClient(CivilEventMessage.Queue)
                .SendMessageAsync(JsonSerializer.Serialize(reported.Message, SocialCardJson.Compact), cancellation);
        }

        return TypedResults.Accepted($"{request.Path}/{reported.Message.MessageId}", CivilEventView.Of(reported));
    }
}

/// <summary>Body of a report of an event.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="IdNumber">The person's ID number, as it was before the event.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="NewName">For a change of name.</param>
/// <param name="NewIdNumber">For the correction of an ID number.</param>
/// <param name="ToRegion">For a move: GB/T 2260.</param>
/// <example>
/// {
///   "kind": "idCorrection", "idNumber": "140105199002090409", "occurredOn": "2033-07-12",
///   "newIdNumber": "140105199002110422"
/// }
/// </example>
public sealed record CivilEventRequest(
    CivilEventKind Kind, string IdNumber, DateOnly OccurredOn, string? NewName = null, string? NewIdNumber = null, string? ToRegion = null)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"civil event ({Kind})";
}

/// <summary>An event as the API shows it; it names nobody.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ToRegion">The new region of a move.</param>
/// <param name="State">Whether it is carried out.</param>
/// <example>
/// {
///   "eventId": "7735b76bb66bee76", "kind": "idCorrection", "occurredOn": "2033-07-12", "toRegion": null,
///   "state": "accepted"
/// }
/// </example>
public sealed record CivilEventView(string EventId, CivilEventKind Kind, DateOnly OccurredOn, string? ToRegion, CivilEventState State)
{
    /// <summary>The view of an event.</summary>
    public static CivilEventView Of(ReportedEvent reported)
    {
        ArgumentNullException.ThrowIfNull(reported);
        var message = reported.Message;
        return new(
            message.MessageId, message.Kind, message.OccurredOn, message.ToRegion, reported.IsDone ? CivilEventState.Done : CivilEventState.Accepted);
    }
}

/// <summary>Where an event stands.</summary>
public enum CivilEventState
{
    /// <summary>On the queue; on its poison queue if it cannot be carried out.</summary>
    Accepted,

    /// <summary>Carried out on all cards.</summary>
    Done,
}
