namespace SocialCard.Domain.Cards;

/// <summary>A card as the receiver's: from whom it receives, and how many they may be.</summary>
/// <param name="Card">The card.</param>
public readonly record struct FamilyReceiving(Card Card)
{
    /// <summary>A giver asks the card to take him.</summary>
    public Decision<Card> Take(FamilyGiver giver, FamilySharingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(giver);
        ArgumentNullException.ThrowIfNull(policy);
        return Card.Family.HasGiver(giver.MemberId) ? Decision.Unchanged(Card)
            : Card.Status is not CardStatus.Active ? FamilyRefusals.ReceiverNotActive
            : NotTaken(giver, policy) is { } refusal ? refusal
            : With([.. Card.Family.Givers, giver], new FamilyGiverJoined(giver.MemberId));
    }

    /// <summary>A giver who had not died asks the card to take him again, whatever state it is in.</summary>
    public Decision<Card> Return(FamilyGiver giver, FamilySharingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(giver);
        ArgumentNullException.ThrowIfNull(policy);
        return Card.Family.HasGiver(giver.MemberId) || Card.Status is CardStatus.Cancelled ? Decision.Unchanged(Card)
            : NotTaken(giver, policy) is { } refusal ? refusal
            : With([.. Card.Family.Givers, giver], new FamilyGiverJoined(giver.MemberId));
    }

    /// <summary>A giver has a new card, or another life.</summary>
    public Decision<Card> Move(FamilyGiver giver)
    {
        ArgumentNullException.ThrowIfNull(giver);
        var moved = Card.Family.Givers.Select(
            known => known.MemberId == giver.MemberId ? giver with { IsSpouse = known.IsSpouse } : known).ToList();
        return moved.SequenceEqual(Card.Family.Givers)
            ? Decision.Unchanged(Card)
            : With(
                moved,
                new FamilyGiverCardReplaced(giver.MemberId));
    }

    /// <summary>A giver leaves.</summary>
    public Decision<Card> Release(string memberId) => !Card.Family.HasGiver(memberId)
        ? Decision.Unchanged(Card)
        : With([.. Card.Family.Givers.Where(giver => giver.MemberId != memberId)], new FamilyGiverLeft(memberId));

    private Refusal? NotTaken(FamilyGiver giver, FamilySharingPolicy policy) =>
        giver.IsSpouse && Card.Family.Givers.Any(known => known.IsSpouse) ? Refusal.SpouseExists
        : Card.Family.Givers.Count >= policy.GiversPerReceiver ? FamilyRefusals.TooManyGivers(policy.GiversPerReceiver.Value)
        : null;

    private Decision<Card> With(IReadOnlyList<FamilyGiver> givers, DomainEvent happened) =>
        Decision.Changed(Card with { Family = Card.Family with { Givers = givers } }, happened);
}
