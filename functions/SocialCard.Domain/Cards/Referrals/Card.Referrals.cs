using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    internal const int MostReferrals = 20;

    // Reports of uses and their bills come in late; for so many days after its end a referral still lets its hospital send them.
    internal const int ReferralReportDays = 90;

    /// <summary>The referrals under which the card may be used in other provinces, and those that have ended lately.</summary>
    public IReadOnlyList<Referral> Referrals { get; init; } = [];

    /// <summary>The treatment in another province is approved.</summary>
    /// <param name="referral">The referral.</param>
    /// <param name="to">The hospital there.</param>
    /// <param name="approving">The hospital that sends the patient.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> Refer(Referral referral, Partner to, Partner approving, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(referral);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(approving);
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (referral.FromRegion != RegionCode)
        {
            return ReferralRefusals.OtherRegion;
        }

        if (to.Covers(RegionCode))
        {
            return ReferralRefusals.NotNeeded;
        }

        if (!approving.Covers(RegionCode))
        {
            return ReferralRefusals.NotApprovable;
        }

        var today = ChinaTime.DateOf(now);
        var kept = Referrals.Where(known => known.WithdrawnAt is null && known.ValidTo.AddDays(ReferralReportDays) >= today).ToList();
        return kept.Count(known => known.ValidTo >= today) >= MostReferrals
            ? ReferralRefusals.TooMany
            : Decision.Changed(
                this with { Referrals = [.. kept, referral] },
                new ReferralApproved(
                    referral.ReferralId,
                    referral.Kind,
                    referral.ToRegion,
                    referral.ToHospital,
                    referral.ApprovingHospital,
                    referral.ValidFrom,
                    referral.ValidTo)) with
            {
                Documents = [referral.ToDocument()],
            };
    }

    /// <summary>The approval is withdrawn, until the card was used under it or its last day is over.</summary>
    public Decision<Card> WithdrawReferral(string referralId, DateTimeOffset now)
    {
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Referrals.FirstOrDefault(known => known.ReferralId == referralId) is not { UsedAt: null, WithdrawnAt: null } open
            || open.ValidTo < ChinaTime.DateOf(now))
        {
            return ReferralRefusals.NotOpen;
        }

        var change = new CardChange(this);
        change.With(open with { WithdrawnAt = now }, new ReferralWithdrawn(referralId));
        return change.Decision;
    }

    /// <summary>
    /// A hospital of another province uses the card: a referral to it must be valid on that day. The use enables the card as a first
    /// use at home would, by the rules of the card's own region.
    /// </summary>
    /// <param name="use">The use.</param>
    /// <param name="providerId">The hospital.</param>
    /// <param name="policy">The activation rule of the card's region.</param>
    public Decision<Card> UseAway(ActivateSocial use, string providerId, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(use);
        var day = ChinaTime.DateOf(use.OccurredAt);
        if (Referrals.FirstOrDefault(known => known.Admits(providerId, day)) is not { } referral)
        {
            return ReferralRefusals.Missing;
        }

        var activated = Activation.EnableSocial(use, policy);
        if (activated.Refusal is not null || referral.UsedAt is not null)
        {
            return activated;
        }

        var change = new CardChange(this);
        change.Take(activated);
        change.With(referral with { UsedAt = use.OccurredAt }, new ReferralUsed(referral.ReferralId, providerId, use.OccurredAt));
        return change.Decision;
    }

    /// <summary>
    /// A use in another province that was reported after the fact: nobody is there to be told no, so a refusal is noted instead.
    /// </summary>
    public Decision<Card> ReportUseAway(ActivateSocial use, string providerId, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(use);
        var decision = UseAway(use, providerId, policy);
        return decision.Refusal is not { } refusal ? decision : Decision.Changed(this, refusal == ReferralRefusals.Missing
            ? new UsageWithoutReferral(providerId, use.Occasion!.Value, use.OccurredAt)
            : new UsageRefused(use.Occasion!.Value, use.OccurredAt, refusal.Code));
    }
}
