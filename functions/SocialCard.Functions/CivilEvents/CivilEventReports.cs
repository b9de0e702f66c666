using System.Text.Json;
using Azure.Storage.Queues;
using SocialCard.Domain.Holders;
using SocialCard.Functions.Holders;
using SocialCard.Functions.Partners;
using SocialCard.Functions.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// Takes what registries tell. An event is kept by the partner and its name for it, which is what a repetition is known by in both ways: a
/// request's idempotency key needs no other memory.
/// </summary>
public sealed class CivilEventReports(
    AggregateRepository<Card> cards,
    HolderDirectory directory,
    HolderRepository holders,
    CivilEventRepository events,
    CivilEventProcess process,
    PersonProtection people,
    PartnerDirectory partners,
    QueueServiceClient queues,
    RegionPolicies regions,
    TimeProvider clock)
{
    /// <summary>
    /// Takes a request: keeps the event and puts it on the queue; a repetition, until it is carried out, puts it there again.
    /// </summary>
    public async Task<Outcome<CivilEventView>> TakeAsync(CommandContext<CivilEventRequest> command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (body, caller, operation) = (command.Body, command.Caller, command.Operation);
        if (await events.FindAsync(caller.Id, operation.ResourceId, cancellation) is { } before)
        {
            return before.RequestHash != operation.RequestHash ? new Outcome<CivilEventView>.KeyReused()
                : new Outcome<CivilEventView>.Replayed(await SendAsync(before, cancellation));
        }

        var (holder, refusal) = body.Kind is CivilEventKind.Birth ? await BearAsync(command, cancellation)
            : await FindAsync(body, caller, cancellation);
        if (holder is null)
        {
            return new Outcome<CivilEventView>.Refused(refusal!);
        }

        var message = new CivilEventMessage(
            operation.ResourceId, caller.Id, body.Kind, body.OccurredOn, HolderId: holder.Id, ToRegion: body.ToRegion);
        var newValue = body.Corrected is { } corrected ? NewDocument.Of(corrected).ToText() : body.NewName?.Value;
        var told = new ReportedEvent(message, holder.Id, newValue, operation.RequestHash);
        if (body.Kind is CivilEventKind.Birth)
        {
            var born = await events.KeepAsync(told with { IsDone = true }, cancellation);
            return new Outcome<CivilEventView>.Accepted(CivilEventView.Of(born));
        }

        if (process.Decide(holder, told).Refusal is { } refused)
        {
            return new Outcome<CivilEventView>.Refused(refused);
        }

        if (body.Corrected is { } right
            && (await directory.OfDocumentAsync(people.KeyOf(right), cancellation)) is { Count: > 0 } others
            && others.All(other => other.Id != holder.Id && other.Person.IsNamedUnlike(holder.Person)))
        {
            return new Outcome<CivilEventView>.Refused(HolderRefusals.IdNumberInUse);
        }

        return new Outcome<CivilEventView>.Accepted(await SendAsync(await events.KeepAsync(told, cancellation), cancellation));
    }

    /// <summary>Takes a message of the queue: the event that it tells of, as it was kept when it first came.</summary>
    /// <exception cref="InvalidCivilEventException">The message cannot be used.</exception>
    public async Task<ReportedEvent> TakeAsync(CivilEventMessage told, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(told);
        var reported = await events.FindAsync(told.PartnerId, told.MessageId, cancellation)
            ?? await events.KeepAsync(await ReadAsync(told, cancellation), cancellation);
        return reported.Message == told ? reported : throw new InvalidCivilEventException(
                "messageId", "The message id was used for another event.");
    }

    // Whose household comes to a bureau's region is that bureau's to tell, although it has not seen him before.
    private async Task<(Holder? Holder, Refusal? Refusal)> FindAsync(
        CivilEventRequest body, Partner caller, CancellationToken cancellation)
    {
        var (holder, refusal) = await directory.FindAsync(
            people.KeyOf(body.Identity), body.Name, body.CardNumber, cancellation, isFormer: true);
        return holder is null ? (null, refusal)
            : holder.IsSeenBy(caller) || (body.ToRegion is { } to && caller.Covers(to)) ? (holder, null)
            : (null, HolderRefusals.NotFound);
    }

    /// <summary>A newborn is a holder at once; there is nothing yet that would have to follow him.</summary>
    private async Task<(Holder? Holder, Refusal? Refusal)> BearAsync(
        CommandContext<CivilEventRequest> command, CancellationToken cancellation)
    {
        var (body, region) = (command.Body, command.Body.ToRegion!);
        var guardians = new List<string>();
        foreach (var guardian in body.Guardians!)
        {
            var key = people.KeyOf(guardian.Identity);
            var known = await directory.OfDocumentAsync(key, cancellation);
            guardians.AddRange(known.Count == 0 ? [key] : known.Select(holder => holder.Id));
        }

        var (holder, refusal) = await directory.AdmitAsync(
            new PersonData(body.Identity, body.Name!.Value, null), region, null, command.Operation, cancellation);
        return holder is null ? (null, refusal) : await directory.DecideAsync(
            holder.Id,
            command.Operation.Then("born"),
            (state, _) => state.Life.Begin(new(region, body.OccurredOn, command.Caller.Id), guardians),
            cancellation);
    }

    private async Task<ReportedEvent> ReadAsync(CivilEventMessage told, CancellationToken cancellation)
    {
        if (await partners.FindAsync(told.PartnerId, cancellation) is not { Role: PartnerRole.Bureau } partner)
        {
            throw new InvalidCivilEventException("partnerId", "The partner is not a bureau.");
        }

        if (CivilEventMessage.IsPersonal(told.Kind))
        {
            throw new InvalidCivilEventException("kind", "An event with personal data comes over HTTPS.");
        }

        if (ToldDay.FaultOf(told.Kind, told.OccurredOn, clock.GetUtcNow()) is { } fault)
        {
            throw new InvalidCivilEventException("occurredOn", fault);
        }

        if (told.ToRegion is { } region && !regions.TryGet(region, out _))
        {
            throw new InvalidCivilEventException("toRegion", "The region is not known.");
        }

        var holderId = told.HolderId
            ?? (await cards.FindAsync(told.CardNumber!.Value.Value, partner, cancellation))?.Holder.Id
            ?? throw new InvalidCivilEventException("cardNumber", "The card is not known.");
        var holder = await holders.FindAsync(holderId, cancellation);
        return holder?.IsSeenBy(partner) is not true ? throw new InvalidCivilEventException(
                told.HolderId is null ? "cardNumber" : "holderId", "The holder is not known.")
            : process.Decide(holder, new(told, holderId)).Refusal is { } refusal
                ? throw new InvalidCivilEventException(refusal)
            : new(told, holderId);
    }

    // Twice does no harm, and a caller who heard no answer asks for it again.
    private async Task<CivilEventView> SendAsync(ReportedEvent reported, CancellationToken cancellation)
    {
        if (!reported.IsDone)
        {
            await queues.GetQueueClient(CivilEventMessage.Queue)
                .SendMessageAsync(JsonSerializer.Serialize(reported.Message, SocialCardJson.Compact), cancellation);
        }

        return CivilEventView.Of(reported);
    }
}
