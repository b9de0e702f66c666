using SocialCard.Domain.FamilyLinks;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>Family links end with the life of either side, and know both by their new name or ID number.</summary>
public sealed class FamilyLinkCivilEventHandler(
    CommandExecutor<FamilyLink> executor,
    AggregateRepository<FamilyLink> links,
    FamilyLinkReservations reservations,
    CardRepository cards,
    PersonProtection holders)
    : GuardianCivilEventHandler<FamilyLink>(executor, links, reservations, cards, holders)
{
    /// <inheritdoc/>
    protected override (Person Guardian, Person? Member) PeopleOf(FamilyLink state) => (state.Guardian, state.Member);

    /// <inheritdoc/>
    protected override Decision<FamilyLink> EndWith(FamilyLink state, string holderKey, DateTimeOffset now) =>
        state.EndWithPerson(holderKey, now);

    /// <inheritdoc/>
    protected override Decision<FamilyLink> Correct(FamilyLink state, string holderKey, PersonData data, Person person) =>
        state.Correct(holderKey, person);
}
