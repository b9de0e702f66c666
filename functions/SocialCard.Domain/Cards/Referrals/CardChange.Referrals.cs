namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>The card is used under a referral.</summary>
    public void Use(Referral referral, string providerId, DateTimeOffset at)
    {
        var used = referral with { UsedAt = at };
        Apply(
            Card with { KnownReferrals = [.. Card.KnownReferrals.Select(known => known == referral ? used : known)] },
            new ReferralUsed(referral.ReferralId, providerId, at));
    }

    /// <summary>The holder's referrals are the card's; what the card knows of a use before its holder does stays.</summary>
    public void Follow(IReadOnlyList<Referral> referrals)
    {
        List<DomainEvent> happened = [];
        List<Referral> followed = [];
        foreach (var referral in referrals)
        {
            var known = Card.KnownReferrals.FirstOrDefault(one => one.ReferralId == referral.ReferralId);
            followed.Add(referral with { UsedAt = referral.UsedAt ?? known?.UsedAt });
            if (known is null && referral.WithdrawnAt is null)
            {
                happened.Add(referral.ToApproved());
            }
            else if (known is { WithdrawnAt: null } && referral.WithdrawnAt is not null)
            {
                happened.Add(new ReferralWithdrawn(referral.ReferralId));
            }
        }

        if (!Card.KnownReferrals.SequenceEqual(followed))
        {
            Apply(Card with { KnownReferrals = followed }, Card.Social.State is SocialState.Cancelled ? [] : happened);
        }
    }
}
