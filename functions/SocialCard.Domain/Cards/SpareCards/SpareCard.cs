namespace SocialCard.Domain.Cards;

/// <summary>
/// A card that its holder can spare: inside a province one person has one card in normal state. Of two, the one that he does not want to
/// keep ends on his wish.
/// </summary>
/// <param name="Card">The card.</param>
public readonly record struct SpareCard(Card Card)
{
    /// <summary>The card ends, if another of the province stays in use.</summary>
    /// <param name="his">The cards of its holder as they are by now.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> End(IReadOnlyList<Card> his, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(his);
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Card.Social.Reason is StateReason.Spare ? Decision.Unchanged(Card) : Card.HasEnded;
        }

        if (IsReissued(his))
        {
            return ReissueRefusals.Running;
        }

        if (!IsSparedBy(his))
        {
            return SpareCardRefusals.NotSpare;
        }

        var change = new CardChange(Card);
        change.Cancel(StateReason.Spare, now, new CardCancelled(StateReason.Spare));
        return change.Decision;
    }

    /// <summary>Whether it can end.</summary>
    /// <param name="his">The cards of its holder as they are by now.</param>
    internal bool CanEnd(IReadOnlyList<Card> his) =>
        Card.Social.State is not SocialState.Cancelled && !IsReissued(his) && IsSparedBy(his);

    // The old card and the new one of a reissue that is under way; who wants neither withdraws the application.
    private bool IsReissued(IReadOnlyList<Card> his)
    {
        var number = Card.Number;
        return Card.Reissue is { IsLive: true }
            || his.Any(other => other.Reissue is { IsLive: true } running && running.NewCardNumber == number);
    }

    private bool IsSparedBy(IReadOnlyList<Card> his)
    {
        var (number, region) = (Card.Number, Card.RegionCode);
        return his.Any(other => other.Number != number && other.Status is CardStatus.Active
            && RegionLevel.IsSameProvince(other.RegionCode, region));
    }
}
