using SocialCard.Domain.Kernel;

namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    public void With(Referral changed, DomainEvent happened)
    {
        var referrals = Card.Referrals.Select(known => known.ReferralId == changed.ReferralId ? changed : known);
        Apply(Card with { Referrals = [.. referrals] }, happened);
        documents.Add(changed.ToDocument());
    }
}
