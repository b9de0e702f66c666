using System.Text.Json;
using Azure.Storage.Queues;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Partners;
using SocialCard.Functions.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// Takes what registries tell. An event is kept by the partner and its name for it, which is what a repetition is known by in both ways: a
/// request's idempotency key needs no other memory.
/// </summary>
public sealed class CivilEventReports(
    CardRepository cards,
    CivilEventRepository events,
    CivilEventProcess process,
    PersonProtection holders,
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

        var holderKey = await cards.ResolveHolderAsync(holders.KeyOf(body.Identity), cancellation);
        var known = cards.ReadOfHolderAsync(holderKey, cancellation);
        if (await known.FirstOrDefaultAsync(card => card.IsSeenBy(caller), cancellation) is not { } card)
        {
            return new Outcome<CivilEventView>.Refused(CivilEventRefusals.HolderNotFound);
        }

        var newKey = body.NewIdNumber is { } newId ? holders.KeyOf(IdentityDocument.Of(newId)) : null;
        if (newKey is not null && await process.IsAnothersAsync(newKey, holders.Open(card.Holder).Name, cancellation))
        {
            return new Outcome<CivilEventView>.Refused(CivilEventRefusals.IdNumberInUse);
        }

        var message = new CivilEventMessage(operation.ResourceId, caller.Id, body.Kind, card.Number, body.OccurredOn, body.ToRegion);
        var kept = await events.KeepAsync(
            new(message, holderKey, newKey, body.NewName?.Value ?? body.NewIdNumber?.Value, operation.RequestHash), cancellation);
        return new Outcome<CivilEventView>.Accepted(await SendAsync(kept, cancellation));
    }

    /// <summary>Takes a message of the queue: the event that it tells of, as it was kept when it first came.</summary>
    /// <exception cref="InvalidCivilEventException">The message cannot be used.</exception>
    public async Task<ReportedEvent> TakeAsync(CivilEventMessage told, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(told);
        var reported = await events.FindAsync(told.PartnerId, told.MessageId, cancellation)
            ?? await events.KeepAsync(await ReadAsync(told, cancellation), cancellation);
        return reported.Message == told ? reported : throw new InvalidCivilEventException("The message id was used for another event.");
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

        return await cards.FindAsync(told.CardNumber, partner, cancellation) is { } card
            ? new(told, card.Holder.Key) : throw new InvalidCivilEventException("The card is not known.");
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
