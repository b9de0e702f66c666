namespace SocialCard.Domain.Cards;

/// <summary>The temporary cards (临时卡) and pick-up certificates that bridge the wait for a new card.</summary>
/// <param name="Card">The card whose successor is under way.</param>
public readonly record struct TemporaryCards(Card Card)
{
    /// <summary>A temporary card is issued. After a lost one, the next lasts no longer than that one could have.</summary>
    public Decision<Card> Issue(string id, TemporaryCardPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Offered is not true && !policy.PickUpCertificate)
        {
            return TemporaryCardRefusals.NotOffered;
        }

        if (Card.Reissue is not { IsLive: true, State: not ReissueState.Received } reissue)
        {
            return TemporaryCardRefusals.NoReissue;
        }

        var change = new CardChange(Card);
        change.ExpireTemporaryCard(now);
        if (change.Card.TemporaryCard is { End: null })
        {
            return TemporaryCardRefusals.Issued;
        }

        var longestUntil = Card.TemporaryCard is { } earlier && earlier.IssuedAt >= reissue.FiledAt ? earlier.LongestUntil : null;
        if (longestUntil <= now)
        {
            return TemporaryCardRefusals.MaximumReached;
        }

        var issued = TemporaryCard.Of(id, policy, longestUntil, calendar, now);
        change.With(issued, new TemporaryCardIssued(id, issued.Kind, issued.ValidUntil, issued.DepositYuan));
        return change.Decision;
    }

    /// <summary>The temporary card is made valid for longer, by its validity once more and to the region's maximum at most.</summary>
    public Decision<Card> Extend(ServiceChannel channel, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (ValidAt(now) is not { } valid)
        {
            return TemporaryCardRefusals.NotValid;
        }

        if (!valid.ExtensionChannels.Contains(channel))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(channel)!);
        }

        var extended = valid.Extended(calendar);
        if (extended.ValidUntil is not { } until || until == valid.ValidUntil)
        {
            return TemporaryCardRefusals.MaximumReached;
        }

        var change = new CardChange(Card);
        change.With(extended, new TemporaryCardExtended(valid.TemporaryCardId, until));
        return change.Decision;
    }

    /// <summary>The temporary card is lost itself.</summary>
    public Decision<Card> Lose(DateTimeOffset now) => End(TemporaryCardEnd.Lost, now);

    /// <summary>The holder gives the temporary card back, and gets his deposit.</summary>
    public Decision<Card> Return(DateTimeOffset now) => End(TemporaryCardEnd.Returned, now);

    /// <summary>The last day of a temporary card is over, if it still is the one.</summary>
    public Decision<Card> Expire(string id, DateTimeOffset asOf)
    {
        var change = new CardChange(Card);
        if (Card.TemporaryCard?.TemporaryCardId == id)
        {
            change.ExpireTemporaryCard(asOf);
        }

        return change.Decision;
    }

    /// <summary>
    /// A use of a temporary card that was reported after the fact. It enables nothing; that of one that was not valid then, or not there,
    /// is noted.
    /// </summary>
    /// <param name="id">The number that was shown.</param>
    /// <param name="occasion">On which occasion.</param>
    /// <param name="occurredAt">When.</param>
    /// <param name="isAway">Whether it was used outside the region.</param>
    public Decision<Card> ReportUse(string id, UsageOccasion occasion, DateTimeOffset occurredAt, bool isAway) =>
        Card.TemporaryCard is { } latest && latest.TemporaryCardId == id && latest.WasValidAt(occurredAt)
            && !(isAway && latest.LocalOnly is true)
            ? Decision.Unchanged(Card)
            : Decision.Changed(Card, new UsageRefused(occasion, occurredAt, TemporaryCardRefusals.NotValid.Code));

    private Decision<Card> End(TemporaryCardEnd end, DateTimeOffset now)
    {
        if (ValidAt(now) is null)
        {
            return TemporaryCardRefusals.NotValid;
        }

        var change = new CardChange(Card);
        change.EndTemporaryCard(end, now);
        return change.Decision;
    }

    private TemporaryCard? ValidAt(DateTimeOffset now) =>
        Card.TemporaryCard is { End: null } card && !(card.ValidUntil <= now) ? card : null;
}

internal sealed partial class CardChange
{
    /// <summary>What time alone has done to the temporary card.</summary>
    public void ExpireTemporaryCard(DateTimeOffset asOf)
    {
        if (Card.TemporaryCard?.ValidUntil is { } until && until <= asOf)
        {
            EndTemporaryCard(TemporaryCardEnd.Expired, until);
        }
    }

    public void EndTemporaryCard(TemporaryCardEnd end, DateTimeOffset at)
    {
        if (Card.TemporaryCard is { End: null } card)
        {
            With(card with { End = end, EndedAt = at }, new TemporaryCardEnded(card.TemporaryCardId, end));
        }
    }

    public void With(TemporaryCard next, params IEnumerable<DomainEvent> happened)
    {
        Apply(Card with { TemporaryCard = next }, happened);
        documents.Add(TemporaryCardView.Of(next).ToDocument());
    }
}
