namespace SocialCard.Domain.Cards;

/// <summary>What a card makes of the events of its holder's life.</summary>
/// <param name="Card">The card.</param>
public readonly record struct CivilEvents(Card Card)
{
    /// <summary>
    /// The holder has died, or has renounced the nationality: the card ends whatever state it is in, and with it its pending
    /// passwords, loss reports, reissue and temporary card. A card that had ended before only learns that no card follows it.
    /// </summary>
    /// <param name="reason"><see cref="StateReason.Deceased"/> or <see cref="StateReason.NationalityRenounced"/>.</param>
    /// <param name="occurredOn">The local day.</param>
    /// <param name="by">The partner that told.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> End(StateReason reason, DateOnly occurredOn, string by, DateTimeOffset now)
    {
        if (Card.Civil.Ended is not null)
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        change.Apply(Card with { Civil = Card.Civil with { Ended = reason } }, new HolderEnded(reason, occurredOn, by));
        if (Card.Social.State is not SocialState.Cancelled)
        {
            change.Cancel(reason, now, new CardCancelled(reason));
        }

        change.EndTemporaryCard(TemporaryCardEnd.HolderEnded);
        if (Card.Reissue is { IsLive: true })
        {
            change.EndReissue(ReissueCancellation.HolderEnded);
        }

        return change.Decision;
    }

    /// <summary>The holder has another name. The card stays usable; what is printed on it is for a new card to correct.</summary>
    /// <param name="renamed">The holder under the new name.</param>
    /// <param name="occurredOn">The local day; an older change that comes after a younger one is noted only.</param>
    /// <param name="by">The partner that told.</param>
    public Decision<Card> Rename(Person renamed, DateOnly occurredOn, string by) => occurredOn < Card.Civil.NamedOn
        ? Decision.Changed(Card, new CivilEventOutdated(CivilEventKind.NameChange, occurredOn, by))
        : Decision.Changed(
            Card with { Holder = renamed, Civil = Card.Civil with { NamedOn = occurredOn } }, new HolderRenamed(occurredOn, by));

    /// <summary>The holder's ID number was wrong, or has changed: the card is found under the right one from now on.</summary>
    /// <param name="corrected">The holder under the right number.</param>
    /// <param name="occurredOn">The local day.</param>
    /// <param name="by">The partner that told.</param>
    public Decision<Card> Correct(Person corrected, DateOnly occurredOn, string by)
    {
        ArgumentNullException.ThrowIfNull(corrected);
        return corrected.Key == Card.Holder.Key
            ? Decision.Unchanged(Card)
            : Decision.Changed(Card with { Holder = corrected }, new HolderIdCorrected(occurredOn, by));
    }

    /// <summary>
    /// The holder has moved: the new region's rules apply to whatever begins from now on. What runs already carries the terms of
    /// the old one, and the card keeps the initial passwords that it was issued with.
    /// </summary>
    /// <param name="region">The new region, by GB/T 2260.</param>
    /// <param name="occurredOn">The local day; an older move that comes after a younger one is noted only.</param>
    /// <param name="by">The partner that told.</param>
    public Decision<Card> Move(string region, DateOnly occurredOn, string by)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Decision.Unchanged(Card);
        }

        if (occurredOn < Card.Civil.MovedOn)
        {
            return Decision.Changed(Card, new CivilEventOutdated(CivilEventKind.Move, occurredOn, by));
        }

        var civil = Card.Civil with { MovedOn = occurredOn };
        return region == Card.RegionCode
            ? Decision.Changed(Card with { Civil = civil })
            : Decision.Changed(
                Card with { RegionCode = region, Civil = civil with { IssuedIn = civil.IssuedIn ?? Card.RegionCode } },
                new CardMoved(Card.RegionCode, region, occurredOn, by));
    }
}
