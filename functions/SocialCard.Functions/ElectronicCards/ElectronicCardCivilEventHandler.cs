using SocialCard.Domain.Cards;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Cards;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// Electronic cards follow the lives of guardian and child: they end with either, and know them by their new name or ID number.
/// </summary>
public sealed class ElectronicCardCivilEventHandler(
    CommandExecutor<ElectronicCard> executor,
    AggregateRepository<ElectronicCard> electronicCards,
    ElectronicCardReservations reservations,
    CardRepository cards,
    HolderProtection holders) : ICivilEventHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(CivilEvent happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Kind is CivilEventKind.Move)
        {
            return;
        }

        var person = (await cards.LoadAsync(happened.CardNumber, cancellation))!.State.Holder;
        foreach (var id in await reservations.EntriesOfAsync(happened.HolderKey, cancellation))
        {
            if (happened.Kind is CivilEventKind.Death or CivilEventKind.NationalityRenounced)
            {
                await DecideAsync(happened, id, (card, now) => card.EndWithPerson(happened.HolderKey, now), cancellation);
            }
            else if (happened.NewHolderKey is not { } corrected || await IsNamedAsync(id, happened.HolderKey, person, cancellation))
            {
                await CorrectAsync(happened, id, person, cancellation);
            }
        }
    }

    /// <summary>
    /// Whether the entry's person has the name of the one whose number was corrected: two people may have been given one number.
    /// </summary>
    private async Task<bool> IsNamedAsync(string id, string holderKey, Holder corrected, CancellationToken cancellation) =>
        (await electronicCards.LoadAsync(id, cancellation))?.State is { } card
        && (card.Guardian.Person.Key == holderKey ? card.Guardian.Person : card.Member?.Person) is { } person
        && person.Key == holderKey
        && holders.Open(person).Name == holders.Open(corrected).Name;

    private async Task CorrectAsync(CivilEvent happened, string id, Holder person, CancellationToken cancellation)
    {
        if (happened.NewHolderKey is { } corrected)
        {
            await reservations.MoveAsync(happened.HolderKey, corrected, id, cancellation);
        }

        var birthDate = holders.Open(person).IdNumber.BirthDate;
        await DecideAsync(
            happened,
            id,
            (card, _) => card.Correct(happened.HolderKey, person, ElectronicCard.AccessEndOf(birthDate, card.Terms.ChildBelowAge)),
            cancellation);
        if (happened.NewHolderKey is not null
            && (await electronicCards.LoadAsync(id, cancellation))?.State is { Member.Person.Key: var member } card
            && member == happened.NewHolderKey)
        {
            await reservations.RenameMemberAsync(card.Guardian.Person.Key, id, member, cancellation);
        }
    }

    private async Task DecideAsync(
        CivilEvent happened,
        string id,
        Func<ElectronicCard, DateTimeOffset, Decision<ElectronicCard>> decide,
        CancellationToken cancellation) => await executor.ExecuteAsync(
        id, Operation.Of($"civil-event-{happened.OperationId}", "electronic-card"), decide, card => new Followed(card.State), cancellation);

    private sealed record Followed(ElectronicCardState State);
}
