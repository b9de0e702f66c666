using SocialCard.Domain.FamilyLinks;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>Family links end with the life of either side, and know both by their new name or ID number.</summary>
public sealed class FamilyLinkCivilEventHandler(
    CommandExecutor<FamilyLink> executor,
    AggregateRepository<FamilyLink> links,
    FamilyLinkReservations reservations,
    HolderDirectory directory,
    PersonProtection people)
    : GuardianCivilEventHandler<FamilyLink>(executor, links, reservations, directory, people)
{
    /// <inheritdoc/>
    protected override (Person Guardian, Person? Member) PeopleOf(FamilyLink state) => (state.Guardian, state.Member);

    /// <inheritdoc/>
    protected override (GuardianReservation Wanted, Refusal Taken) ReservationOf(FamilyLink state) =>
        (FamilyLinkOpening.ReservationOf(state), FamilyLinkRefusals.AlreadyLinked);

    /// <inheritdoc/>
    protected override Decision<FamilyLink> EndWith(FamilyLink state, string holderId, DateTimeOffset now) =>
        state.EndWithPerson(holderId, now);

    /// <inheritdoc/>
    protected override Decision<FamilyLink> Revive(FamilyLink state, string holderId, DateTimeOffset now) =>
        state.ReviveWithPerson(holderId, now);

    /// <inheritdoc/>
    protected override Decision<FamilyLink> Correct(FamilyLink state, string holderId, PersonData data, Person person) =>
        state.Correct(holderId, person);
}
