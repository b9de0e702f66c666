using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Holders;

/// <summary>The cards of one holder, and what they are to one another.</summary>
/// <param name="Holder">The holder.</param>
/// <param name="Cards">His cards, in the order in which they came.</param>
/// <param name="Regions">The rules of the regions.</param>
public readonly record struct Siblings(Holder Holder, IReadOnlyList<Card> Cards, RegionPolicies Regions)
{
    /// <summary>
    /// The cards of other provinces than that to which the holder has moved, once he has a card there that was enabled since: each ends by
    /// its own region's rule for old cards, at once or at the new card's first use. A card that he had enabled there before he moved is no
    /// sign that he wants to do without the others.
    /// </summary>
    public IEnumerable<Card> LeftBehind()
    {
        if (Holder.Household is not { RegionCode: { } home } household)
        {
            return [];
        }

        var (regions, moved) = (Regions, ChinaTime.StartOf(household.Since));
        var arrived = Cards.Where(card => IsLive(card) && IsAt(card, home) && card.EnabledAt >= moved).ToList();
        return arrived.Count == 0 ? [] : Cards.Where(card => IsLive(card) && !IsAt(card, home)
            && (regions.For(card.RegionCode).Reissue.OldCardVoidAt is not OldCardVoid.FirstUse
                || arrived.Exists(next => next.FirstUsedAt is not null)));
    }

    /// <summary>The cards of the same province that came before one and are in use beside it.</summary>
    public IReadOnlyList<CardNumber> Beside(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Status is not CardStatus.Active ? []
            : [.. Cards.TakeWhile(other => other.Number != card.Number)
                .Where(other => other.Status is CardStatus.Active && IsAt(other, card.RegionCode) && !AreOneAfterAnother(other, card))
                .Select(other => other.Number)];
    }

    private static bool IsLive(Card card) => card.Social.State is not SocialState.Cancelled;

    private static bool IsAt(Card card, string regionCode) => RegionLevel.IsSameProvince(card.RegionCode, regionCode);

    // While a new card takes the place of an old one, both may be in use for a moment.
    private static bool AreOneAfterAnother(Card one, Card other) => one.Number == other.Replaces || other.Number == one.Replaces;
}
