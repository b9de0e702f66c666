namespace SocialCard.Domain.Cards;

/// <summary>The treatment of a card's holder in other provinces (异地就医): its approvals, and the uses of the card under them.</summary>
/// <param name="Card">The card.</param>
public readonly record struct Referrals(Card Card)
{
    private const int Most = 20;

    // Reports of uses and their bills come in late; for so many days after its end a referral still lets its hospital send them.
    private const int ReportDays = 90;

    /// <summary>The treatment in another province is approved.</summary>
    /// <param name="referral">The referral.</param>
    /// <param name="to">The hospital there.</param>
    /// <param name="approving">The hospital that sends the patient.</param>
    /// <param name="now">The time.</param>
    public Decision<Card, ReferralView> Approve(Referral referral, Partner to, Partner approving, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(referral);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(approving);
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (referral.FromRegion != Card.RegionCode)
        {
            return ReferralRefusals.OtherRegion;
        }

        if (to.Covers(Card.RegionCode))
        {
            return ReferralRefusals.NotNeeded;
        }

        if (!approving.Covers(Card.RegionCode))
        {
            return ReferralRefusals.NotApprovable;
        }

        var today = ChinaTime.DateOf(now);
        var kept = Card.KnownReferrals.Where(known => known.WithdrawnAt is null && known.ValidTo.AddDays(ReportDays) >= today).ToList();
        if (kept.Count(known => known.ValidTo >= today) >= Most)
        {
            return ReferralRefusals.TooMany;
        }

        var change = new CardChange(Card with { KnownReferrals = [.. kept, referral] });
        change.With(referral, new ReferralApproved(
            referral.ReferralId,
            referral.Kind,
            referral.ToRegion,
            referral.ToHospital,
            referral.ApprovingHospital,
            referral.ValidFrom,
            referral.ValidTo));
        return change.Decision.With(ReferralView.Of(referral, change.Card, now));
    }

    /// <summary>The approval is withdrawn, until the card was used under it or its last day is over.</summary>
    public Decision<Card, ReferralView> Withdraw(string referralId, DateTimeOffset now)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Card.KnownReferrals.FirstOrDefault(known => known.ReferralId == referralId) is not { UsedAt: null, WithdrawnAt: null } open
            || open.ValidTo < ChinaTime.DateOf(now))
        {
            return ReferralRefusals.NotOpen;
        }

        var withdrawn = open with { WithdrawnAt = now };
        var change = new CardChange(Card);
        change.With(withdrawn, new ReferralWithdrawn(referralId));
        return change.Decision.With(ReferralView.Of(withdrawn, change.Card, now));
    }

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
        var day = ChinaTime.DateOf(use.OccurredAt);
        if (Card.KnownReferrals.FirstOrDefault(known => known.Admits(providerId, day)) is not { } referral)
        {
            return ReferralRefusals.Missing;
        }

        var activated = Card.Activation.EnableSocial(use, policy);
        if (activated.Refusal is not null || referral.UsedAt is not null)
        {
            return activated;
        }

        var change = new CardChange(Card);
        change.Take(activated);
        change.With(referral with { UsedAt = use.OccurredAt }, new ReferralUsed(referral.ReferralId, providerId, use.OccurredAt));
        return change.Decision;
    }

    /// <summary>
    /// A use in another province that was reported after the fact: nobody is there to be told no, so a refusal is noted instead.
    /// </summary>
    public Decision<Card> ReportUse(ActivateSocial use, string providerId, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(use);
        var decision = Use(use, providerId, policy);
        return decision.Refusal is not { } refusal ? decision : Decision.Changed(Card, refusal == ReferralRefusals.Missing
            ? new UsageWithoutReferral(providerId, use.Occasion!.Value, use.OccurredAt)
            : new UsageRefused(use.Occasion!.Value, use.OccurredAt, refusal.Code));
    }
}
