namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>
    /// The guardian or the child has another name or ID number. A letter that is not submitted yet is signed again; one that is
    /// says what was signed then.
    /// </summary>
    /// <param name="holderId">Which of them, by the <see cref="Person.Id"/>.</param>
    /// <param name="corrected">The person as he is now.</param>
    /// <param name="accessEndsAt">When a child of his day of birth is old enough.</param>
    public Decision<ElectronicCard> Correct(string holderId, Person corrected, DateTimeOffset accessEndsAt)
    {
        ArgumentNullException.ThrowIfNull(corrected);
        ElectronicCard? after = IsOver() || (Guardian.Person == corrected || Member?.Person == corrected) ? null
            : Guardian.Person.Id == holderId ? this with { Guardian = Guardian with { Person = corrected } }
            : Member?.Person.Id == holderId ? this with { Member = new(corrected, accessEndsAt) }
            : null;
        return after is null ? Decision.Unchanged(this)
            : EditFault() is null ? Unsigned(after, new ElectronicCardPersonCorrected())
            : Decision.Changed(after, new ElectronicCardPersonCorrected());
    }
}
