using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// Electronic cards follow the lives of guardian and child: they end with either, and know them by their new name or ID number.
/// </summary>
public sealed class ElectronicCardCivilEventHandler(
    CommandExecutor<ElectronicCard> executor,
    AggregateRepository<ElectronicCard> electronicCards,
    ElectronicCardReservations reservations,
    HolderDirectory directory,
    PersonProtection people)
    : GuardianCivilEventHandler<ElectronicCard>(executor, electronicCards, reservations, directory, people)
{
    /// <inheritdoc/>
    protected override (Person Guardian, Person? Member) PeopleOf(ElectronicCard state) => (state.Guardian.Person, state.Member?.Person);

    /// <inheritdoc/>
    protected override (GuardianReservation Wanted, Refusal Taken) ReservationOf(ElectronicCard state) => (
        new(state.Id, state.Wardship.ToString(), state.Member?.Person.Id, state.OpenedAt), ElectronicCardRefusals.AlreadyApplied);

    /// <inheritdoc/>
    protected override Decision<ElectronicCard> EndWith(ElectronicCard state, string holderId, DateTimeOffset now) =>
        state.EndWithPerson(holderId, now);

    /// <inheritdoc/>
    protected override Decision<ElectronicCard> Revive(ElectronicCard state, string holderId, DateTimeOffset now) =>
        state.ReviveWithPerson(holderId, now);

    /// <inheritdoc/>
    protected override Decision<ElectronicCard> Correct(ElectronicCard state, string holderId, PersonData data, Person person) =>
        state.Correct(
            holderId,
            person,
            data.Document.BirthDate is { } born ? ElectronicCard.AccessEndOf(born, state.Terms.ChildBelowAge) : null);
}
