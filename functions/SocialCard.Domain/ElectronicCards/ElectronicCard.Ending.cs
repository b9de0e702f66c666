namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>The guardian gives it up, whatever stage it is in.</summary>
    public Decision<ElectronicCard> GiveUp(DateTimeOffset now) =>
        State is ElectronicCardState.Lapsed ? ElectronicCardRefusals.Lapsed
        : IsOver() ? ElectronicCardRefusals.Ended
        : EndWith(ElectronicCardEnd.GivenUp, now);

    /// <summary>The guardian or the child has died or has renounced the nationality.</summary>
    /// <param name="holderId">Which of them, by the <see cref="Person.Id"/>.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> EndWithPerson(string holderId, DateTimeOffset now) =>
        IsOver() ? Decision.Unchanged(this)
        : Guardian.Person.Id == holderId ? EndWith(ElectronicCardEnd.GuardianEnded, now)
        : Member?.Person.Id == holderId ? EndWith(ElectronicCardEnd.MemberEnded, now)
        : Decision.Unchanged(this);

    /// <summary>The guardian or the child had not died: it is what it was, less what time has ended meanwhile.</summary>
    /// <param name="holderId">Which of them, by the <see cref="Person.Id"/>.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> ReviveWithPerson(string holderId, DateTimeOffset now)
    {
        if (StateBefore is not { } before
            || !(End is ElectronicCardEnd.GuardianEnded && Guardian.Person.Id == holderId)
            && !(End is ElectronicCardEnd.MemberEnded && Member?.Person.Id == holderId))
        {
            return Decision.Unchanged(this);
        }

        var revived = this with { State = before, StateBefore = null, End = null, EndedAt = null, Revivals = Revivals + 1 };
        var elapsed = revived.AdvanceTo(now);
        return Decision.Changed(elapsed.State!, [new ElectronicCardRevived(), .. elapsed.Events]);
    }

    private Decision<ElectronicCard> EndWith(ElectronicCardEnd end, DateTimeOffset at) => Decision.Changed(
        this with { State = ElectronicCardState.Ended, StateBefore = State, End = end, EndedAt = at }, new ElectronicCardEnded(end));
}
