using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Holders;

/// <summary>The treatment of a holder in other provinces (异地就医): its approvals, which his cards follow.</summary>
/// <param name="Holder">The holder.</param>
public readonly record struct HolderReferrals(Holder Holder)
{
    private const int Most = 20;

    // Reports of uses and their bills come in late; for so many days after its end a referral still lets its hospital send them.
    private const int ReportDays = 90;

    /// <summary>The treatment in another province is approved.</summary>
    /// <param name="referral">The referral.</param>
    /// <param name="card">The card by which the holder showed himself.</param>
    /// <param name="to">The hospital there.</param>
    /// <param name="approving">The hospital that sends the patient.</param>
    /// <param name="now">The time.</param>
    public Decision<Holder, ReferralView> Approve(Referral referral, Card card, Partner to, Partner approving, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(referral);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(approving);
        if (card.Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Holder.End is { } end)
        {
            return end.Reason is StateReason.Deceased ? Refusal.HolderDeceased : HolderRefusals.NationalityRenounced;
        }

        if (referral.FromRegion != card.RegionCode)
        {
            return ReferralRefusals.OtherRegion;
        }

        if (to.Covers(card.RegionCode))
        {
            return ReferralRefusals.NotNeeded;
        }

        if (!approving.Covers(card.RegionCode))
        {
            return ReferralRefusals.NotApprovable;
        }

        var today = ChinaTime.DateOf(now);
        var kept = Holder.KnownReferrals
            .Where(known => known.WithdrawnAt is null && known.ValidTo.AddDays(ReportDays) >= today).ToList();
        if (kept.Count(known => known.ValidTo >= today) >= Most)
        {
            return ReferralRefusals.TooMany;
        }

        return With([.. kept, referral], referral, referral.ToApproved(), now);
    }

    /// <summary>The approval is withdrawn, until a card was used under it or its last day is over.</summary>
    public Decision<Holder, ReferralView> Withdraw(string referralId, DateTimeOffset now) =>
        Holder.KnownReferrals.FirstOrDefault(known => known.ReferralId == referralId) is { UsedAt: null, WithdrawnAt: null } open
            && open.ValidTo >= ChinaTime.DateOf(now)
            ? With(Replaced(open, open with { WithdrawnAt = now }), open with { WithdrawnAt = now }, new ReferralWithdrawn(referralId), now)
            : ReferralRefusals.NotOpen;

    /// <summary>One of his cards was used under a referral.</summary>
    public Decision<Holder, ReferralView> Use(ReferralUsed used, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(used);
        return Holder.KnownReferrals.FirstOrDefault(known => known.ReferralId == used.ReferralId) is { UsedAt: null } open
            ? With(Replaced(open, open with { UsedAt = used.OccurredAt }), open with { UsedAt = used.OccurredAt }, used, now)
            : Decision.Unchanged(Holder);
    }

    private List<Referral> Replaced(Referral before, Referral after) =>
        [.. Holder.KnownReferrals.Select(known => known == before ? after : known)];

    private Decision<Holder, ReferralView> With(List<Referral> referrals, Referral changed, DomainEvent happened, DateTimeOffset now) =>
        (Decision.Changed(Holder with { KnownReferrals = referrals, Version = Holder.Version + 1 }, happened) with
        {
            Documents = [changed.ToDocument()],
        }).With(ReferralView.Of(changed, Holder.End is not null, now));
}
