using SocialCard.Functions.People;

namespace SocialCard.Functions.Rules;

/// <summary>The activation rules of a card's region as they are for its holder: some differ for a minor.</summary>
public sealed class ActivationRules(RegionPolicies regions, PersonProtection holders)
{
    /// <summary>The rules for a card at a time.</summary>
    public ActivationPolicy For(Card card, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(card);
        return regions.For(card.RegionCode).Activation.Of(holders.Open(card.Holder).Document.BirthDate, ChinaTime.DateOf(at));
    }
}
