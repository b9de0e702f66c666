namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    public void With(Referral changed, DomainEvent happened)
    {
        var referrals = Card.KnownReferrals.Select(known => known.ReferralId == changed.ReferralId ? changed : known);
        Apply(Card with { KnownReferrals = [.. referrals] }, happened);
        documents.Add(changed.ToDocument());
    }
}
