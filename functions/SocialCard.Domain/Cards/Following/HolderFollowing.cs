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

        var civil = Card.Civil with { Version = standing.Version, HasSiblings = standing.HasSeveralCards };
        var change = new CardChange(Card with { Holder = person, Civil = civil });
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
        else if (Card.Civil.Ended is not null && standing.Revoked is { } revoked)
        {
            change.Revive(revoked, now);
        }

        return change.Decision;
    }

    /// <summary>
    /// A partner tells a fact of a card whose holder is recorded dead. That may be a mistake: what is told meanwhile is so beneath the
    /// death, as if it were not recorded, and shows when it is revoked.
    /// </summary>
    /// <param name="occurredAt">When it happened; until then time has gone on beneath the death too.</param>
    /// <param name="tell">What the card of before makes of it.</param>
    /// <param name="note">What the timeline says of it until then.</param>
    /// <returns>The decision; a refusal where the card has ended otherwise, or does not come back.</returns>
    internal Decision<Card> Beneath(DateTimeOffset occurredAt, Func<Card, Decision<Card>> tell, DomainEvent note)
    {
        if (Card.Civil.Returning is not { } before)
        {
            return Card.HasEnded;
        }

        var elapsed = before.AdvanceTo(occurredAt);
        var told = tell(elapsed.Card!);
        if (told.Card is not { } after)
        {
            return told;
        }

        var kept = Decision.Changed(Card with { Civil = Card.Civil with { Before = after } }, note);
        return ReferenceEquals(after, elapsed.Card) ? Decision.Unchanged(Card)
            : kept with { Documents = [.. elapsed.Documents, .. told.Documents] };
    }

    /// <summary>
    /// The holder has moved to another province and has a card there: this one ends, and with it a new card that is applied for in its
    /// place.
    /// </summary>
    public Decision<Card> StayBehind(DateTimeOffset now)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        change.Cancel(StateReason.Moved, now, new CardCancelled(StateReason.Moved));
        if (Card.Reissue is { IsLive: true })
        {
            change.EndReissue(ReissueCancellation.HolderMoved, now);
        }

        change.EndTemporaryCard(TemporaryCardEnd.ReissueCancelled, now);
        return change.Decision;
    }

    /// <summary>The card is a second one beside others of its province, or is none any more.</summary>
    /// <param name="others">The others; none where it is the only one.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> StandBeside(IReadOnlyList<CardNumber> others, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(others);
        var second = Card.Civil.Second;
        return others.SequenceEqual(second?.Beside ?? []) ? Decision.Unchanged(Card)
            : others.Count == 0
                ? Decision.Changed(Card with { Civil = Card.Civil with { Second = null } }, new SecondCardSettled())
            : Decision.Changed(
                Card with { Civil = Card.Civil with { Second = new(others, second?.Since ?? now) } }, new SecondCardFound(others));
    }

    /// <summary>
    /// A card of before the time of holders is told whose it is, where his number does not say it, and goes back to the region that
    /// issued it, if a move had taken it along.
    /// </summary>
    /// <param name="holder">Its holder.</param>
    /// <param name="regionCode">Where it was issued, by GB/T 2260.</param>
    public Decision<Card> Join(Person holder, string regionCode)
    {
        ArgumentNullException.ThrowIfNull(holder);
        var joined = Card with { Holder = Card.Holder with { HolderId = holder.HolderId }, RegionCode = regionCode };
        return Card.RegionCode != regionCode ? Decision.Changed(joined, new CardReturned(Card.RegionCode, regionCode))
            : Card.Holder.HolderId != holder.HolderId ? Decision.Changed(joined)
            : Decision.Unchanged(Card);
    }
}
