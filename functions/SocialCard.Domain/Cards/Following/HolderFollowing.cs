namespace SocialCard.Domain.Cards;

/// <summary>How a card follows its holder's life.</summary>
/// <param name="Card">The card.</param>
public readonly record struct HolderFollowing(Card Card)
{
    /// <summary>
    /// The card takes over what has become of its holder. A new name or number leaves it usable; what is printed on it is for a new
    /// card to correct. An older standing that comes after a younger one changes nothing, nor does that of a holder whose card it is not.
    /// </summary>
    /// <param name="standing">The holder as he is by now.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> Follow(HolderStanding standing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var (known, person) = (Card.Holder, standing.Person);
        if (person.Id == known.Id ? standing.Version <= Card.Civil.Version : !standing.FormerIds.Contains(known.Id))
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card with { Holder = person, Civil = Card.Civil with { Version = standing.Version } });
        if (known.IsNamedUnlike(person) && standing.Named is { } named)
        {
            change.Apply(change.Card, new HolderRenamed(named.OccurredOn, named.ReportedBy));
        }

        if (known.Key != person.Key && standing.Corrected is { } corrected)
        {
            change.Apply(change.Card, new HolderIdCorrected(corrected.OccurredOn, corrected.ReportedBy));
        }

        change.Follow(standing.Referrals);
        if (standing.End is { } end)
        {
            change.EndWithHolder(end, now);
        }
        else if (Card.Civil.Ended is not null)
        {
            change.Revive(standing.Revoked!, now);
        }

        return change.Decision;
    }
}
