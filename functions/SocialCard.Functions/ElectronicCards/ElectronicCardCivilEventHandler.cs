using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Guardians;
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
    PersonProtection holders)
    : GuardianCivilEventHandler<ElectronicCard>(executor, electronicCards, reservations, cards, holders)
{
    /// <inheritdoc/>
    protected override (Person Guardian, Person? Member) PeopleOf(ElectronicCard state) => (state.Guardian.Person, state.Member?.Person);

    /// <inheritdoc/>
    protected override Decision<ElectronicCard> EndWith(ElectronicCard state, string holderKey, DateTimeOffset now) =>
        state.EndWithPerson(holderKey, now);

    /// <inheritdoc/>
    protected override Decision<ElectronicCard> Correct(ElectronicCard state, string holderKey, PersonData data, Person person) =>
        state.Correct(
            holderKey,
            person,
            data.Document.BirthDate is { } born ? ElectronicCard.AccessEndOf(born, state.Terms.ChildBelowAge) : null);
}
