namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>The guardian gives it up, whatever stage it is in.</summary>
    public Decision<ElectronicCard> GiveUp(DateTimeOffset now) =>
        State is ElectronicCardState.Lapsed ? ElectronicCardRefusals.Lapsed
        : IsOver() ? ElectronicCardRefusals.Ended
        : EndWith(ElectronicCardEnd.GivenUp, now);

    /// <summary>The guardian or the child has died or has renounced the nationality.</summary>
    /// <param name="holderKey">Which of them, by the <see cref="Person.Key"/>.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> EndWithPerson(string holderKey, DateTimeOffset now) =>
        IsOver() ? Decision.Unchanged(this)
        : Guardian.Person.Key == holderKey ? EndWith(ElectronicCardEnd.GuardianEnded, now)
        : Member?.Person.Key == holderKey ? EndWith(ElectronicCardEnd.MemberEnded, now)
        : Decision.Unchanged(this);

    private Decision<ElectronicCard> EndWith(ElectronicCardEnd end, DateTimeOffset at) =>
        Decision.Changed(this with { State = ElectronicCardState.Ended, End = end, EndedAt = at }, new ElectronicCardEnded(end));
}
