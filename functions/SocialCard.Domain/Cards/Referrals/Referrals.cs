namespace SocialCard.Domain.Cards;

/// <summary>The treatment of a card's holder in other provinces (异地就医): the uses of the card under the referrals that he has.</summary>
/// <param name="Card">The card.</param>
public readonly record struct Referrals(Card Card)
{
    /// <summary>
    /// A hospital of another province uses the card: a referral to it must be valid on that day. The use enables the card as a first
    /// use at home would, by the rules of the card's own region.
    /// </summary>
    /// <param name="use">The use.</param>
    /// <param name="providerId">The hospital.</param>
    /// <param name="policy">The activation rule of the card's region.</param>
    public Decision<Card> Use(ActivateSocial use, string providerId, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (For(use, providerId) is not { } referral)
        {
            return ReferralRefusals.Missing;
        }

        var activated = Card.Activation.EnableSocial(use, policy);
        return activated.Refusal is not null ? activated : Used(referral, providerId, use, activated);
    }

    /// <summary>
    /// A use in another province that was reported after the fact: nobody is there to be told no, so a refusal is noted instead.
    /// </summary>
    public Decision<Card> ReportUse(ActivateSocial use, string providerId, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (For(use, providerId) is not { } referral)
        {
            return Decision.Changed(Card, new UsageWithoutReferral(providerId, use.Occasion!.Value, use.OccurredAt));
        }

        var reported = Card.Activation.ReportUse(use, policy);
        var counts = reported.Events is not [UsageRefused] || !ReferenceEquals(reported.Card!.Civil.Before, Card.Civil.Before);
        return counts ? Used(referral, providerId, use, reported) : reported;
    }

    private Referral? For(ActivateSocial use, string providerId)
    {
        var day = ChinaTime.DateOf(use.OccurredAt);
        return Card.KnownReferrals.FirstOrDefault(known => known.Admits(providerId, day));
    }

    private Decision<Card> Used(Referral referral, string providerId, ActivateSocial use, Decision<Card> decision)
    {
        if (referral.UsedAt is not null)
        {
            return decision;
        }

        var change = new CardChange(Card);
        change.Take(decision);
        change.Use(referral, providerId, use.OccurredAt);
        return change.Decision;
    }
}
