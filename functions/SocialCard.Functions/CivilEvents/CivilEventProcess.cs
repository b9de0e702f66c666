using SocialCard.Domain.Holders;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// Carries an event of a person's life out: the holder decides on it, his cards follow, and then whatever is kept of him beside.
/// Each is an operation that takes effect once, so an event that was interrupted is simply carried out again.
/// </summary>
public sealed class CivilEventProcess(
    HolderDirectory directory,
    HolderRepository holders,
    CivilEventRepository events,
    PersonProtection people,
    IEnumerable<ICivilEventHandler> handlers)
{
    /// <summary>Carries out an event that has been kept.</summary>
    /// <exception cref="InvalidCivilEventException">The holder refuses it, which he did not when it was told.</exception>
    public async Task CarryOutAsync(ReportedEvent reported, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reported);
        var message = reported.Message;
        // Who was told of may have turned out to be another meanwhile.
        var told = await directory.FindAsync(reported.HolderId, cancellation)
            ?? throw new InvalidCivilEventException(HolderRefusals.NotFound);
        reported = reported with { HolderId = told.Id };
        var operation = Operation.Of($"{CivilEventMessage.Queue}-{message.PartnerId}-{message.MessageId}", "holder");
        var holder = await CorrectAsync(told, reported, operation, cancellation)
            ?? Of(await directory.DecideAsync(reported.HolderId, operation, (state, _) => Decide(state, reported), cancellation));
        var happened = new CivilEvent(operation.Key, message.Kind, reported.HolderId, holder);
        foreach (var handler in handlers)
        {
            await handler.HandleAsync(happened, cancellation);
        }

        await events.CompleteAsync(reported, cancellation);
    }

    /// <summary>What a holder makes of an event.</summary>
    public Decision<Holder> Decide(Holder holder, ReportedEvent reported)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(reported);
        var message = reported.Message;
        var (told, life) = (new HolderFact(message.OccurredOn, message.PartnerId), holder.Life);
        var bornOn = people.Open(holder.Person).Document.BirthDate;
        return message.Kind switch
        {
            CivilEventKind.Death => life.End(EndOf(StateReason.Deceased), bornOn),

            // What is corrected may be just that day.
            not CivilEventKind.IdCorrection when message.OccurredOn < bornOn =>
                Refusal.InvalidField("occurredOn", "Lies before the holder was born."),
            CivilEventKind.NationalityRenounced => life.End(EndOf(StateReason.NationalityRenounced), null),
            CivilEventKind.DeathRevoked => life.RevokeDeath(told),
            CivilEventKind.Move or CivilEventKind.HouseholdCancelled =>
                life.Move(new(message.ToRegion, message.OccurredOn, message.PartnerId)),
            CivilEventKind.NameChange => life.Rename(
                people.Reseal(holder.Person, people.Open(holder.Person) with { Name = reported.NewValue! }), told),
            CivilEventKind.IdCorrection => life.Correct(Corrected(holder, reported), told),
            _ => throw new InvalidCivilEventException("kind", "The event lacks what it is about."),
        };

        HolderEnd EndOf(StateReason reason) => new(reason, message.OccurredOn, message.PartnerId);
    }

    /// <summary>
    /// The correction of an ID number: the holder is found by the right number before he has it, and is one with the holder of his name
    /// who has it already.
    /// </summary>
    private async Task<Holder?> CorrectAsync(
        Holder holder, ReportedEvent reported, Operation operation, CancellationToken cancellation)
    {
        if (reported.Message.Kind is not CivilEventKind.IdCorrection)
        {
            return null;
        }

        var corrected = Corrected(holder, reported);
        if (Decide(holder, reported).State?.Person.Key != corrected.Key)
        {
            return null;
        }

        var others = (await directory.OfDocumentAsync(corrected.Key, cancellation)).Where(other => other.Id != holder.Id).ToList();
        if (others.FirstOrDefault(other => !other.Person.IsNamedUnlike(corrected)) is { } same)
        {
            var one = Of(await directory.DecideAsync(
                same.Id,
                operation.Then("take-over"),
                (state, _) => state.TakeOver(holder, new(reported.Message.OccurredOn, reported.Message.PartnerId)),
                cancellation));
            _ = Of(await directory.DecideAsync(
                holder.Id, operation.Then("merge"), (state, _) => state.MergeInto(same.Id), cancellation));
            return one;
        }

        if (others.Count > 0)
        {
            throw new InvalidCivilEventException(HolderRefusals.IdNumberInUse);
        }

        await holders.ShareAsync(corrected.Key, [holder.Id], cancellation);
        return null;
    }

    private Person Corrected(Holder holder, ReportedEvent reported) => NewDocument.Read(reported.NewValue) is { } document
        ? people.Reseal(holder.Person, people.Open(holder.Person) with { Document = document })
        : throw new InvalidCivilEventException("newIdNumber", "The event lacks the corrected number.");

    private static Holder Of((Holder? Holder, Refusal? Refusal) decided) =>
        decided.Holder ?? throw new InvalidCivilEventException(decided.Refusal!);
}
