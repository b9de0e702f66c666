using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    /// <summary>A newly issued card.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="holder">Its holder.</param>
    /// <param name="regionCode">Where it was issued.</param>
    /// <param name="bankId">Its bank.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="now">The time.</param>
    public static Decision<Card> Register(
        CardNumber number, Holder holder, string regionCode, string bankId, int generation, DateTimeOffset now) =>
        Decision.Changed(
            new Card
            {
                Number = number,
                RegionCode = regionCode,
                BankId = bankId,
                Generation = generation,
                Holder = holder,
                Social = new(SocialState.Sealed, null, now),
                Financial = new(FinancialState.Inactive, null, now),
            },
            new CardRegistered(regionCode, bankId, generation));

    /// <summary>
    /// The card was handed over: the activation clock starts. A receipt that a first use had implied is confirmed, and the
    /// deadline that runs since then stays.
    /// </summary>
    /// <param name="receivedOn">The local day of receipt, not later than today.</param>
    /// <param name="policy">The region's activation rule.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> Receive(DateOnly receivedOn, ActivationPolicy policy, DateTimeOffset now)
    {
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (ReceivedOn is not { } known)
        {
            var change = new CardChange(this);
            change.HandOver(receivedOn, implied: false, policy, now);
            change.Complete(now);
            return change.Decision;
        }

        if (ReceiptImplied && receivedOn <= known)
        {
            return Decision.Changed(this with { ReceivedOn = receivedOn, ReceiptImplied = false }, new ReceiptConfirmed(receivedOn));
        }

        return known == receivedOn ? Decision.Unchanged(this) : Refusal.AlreadyReceived(known);
    }
}
