namespace SocialCard.Domain.Cards;

/// <summary>What a card decides of family sharing (家庭共济): on either side, and when a new card takes its place.</summary>
/// <param name="Card">The card.</param>
public readonly record struct FamilySharing(Card Card)
{
    /// <summary>The card as the giver's.</summary>
    public FamilyGiving Giving => new(Card);

    /// <summary>The card as the receiver's.</summary>
    public FamilyReceiving Receiving => new(Card);

    /// <summary>This card, which replaces another, takes over its family; one that has ended itself does not.</summary>
    public Decision<Card> TakeOver(CardFamily old)
    {
        ArgumentNullException.ThrowIfNull(old);
        var family = Card.Family;
        List<FamilyMember> members = [.. old.Members.Where(member => member.End is null && family.Find(member.MemberId) is null)];
        List<FamilyGiver> givers = [.. old.Givers.Where(giver => !family.HasGiver(giver.MemberId))];
        if (Card.Social.State is SocialState.Cancelled || (members.Count, givers.Count, old.Changes.Count) is (0, 0, 0))
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        change.Apply(
            Card with { Family = family with { Givers = [.. family.Givers, .. givers], Changes = [.. old.Changes, .. family.Changes] } },
            new FamilyTakenOver(members.Count, givers.Count));
        members.ForEach(member => change.With(member));
        return change.Decision;
    }

    /// <summary>The family is that of the new card, or ends where that has ended itself.</summary>
    /// <param name="isTakenOver">Whether the new card has taken it over.</param>
    public Decision<Card> HandOver(bool isTakenOver)
    {
        var change = new CardChange(Card);
        if (isTakenOver)
        {
            foreach (var member in Card.Family.Members.Where(member => member.End is null))
            {
                change.With(member with { State = FamilyMemberState.Ended, End = FamilyEnd.CarriedOver });
            }
        }
        else
        {
            change.EndFamily(FamilyEnd.GiverCancelled);
        }

        var left = change.Card.Family.Members.Where(member => member.End is not FamilyEnd.CarriedOver);
        change.Apply(change.Card with { Family = new() { Members = [.. left] } }, new FamilyHandedOver());
        return change.Decision;
    }
}
