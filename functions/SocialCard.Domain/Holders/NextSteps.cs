using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Holders;

/// <summary>
/// What can be done next, as it follows from a holder and his cards. What the region asks for each step, and from whom, the command says.
/// </summary>
/// <param name="Holder">The holder.</param>
/// <param name="Cards">All of his cards as they are by now.</param>
public sealed record NextSteps(Holder Holder, IReadOnlyList<Card> Cards)
{
    /// <summary>What can be done for him beside his cards.</summary>
    public IReadOnlyList<NextStep> OfHolder => Holder.End is null && NeedsCard ? [NextStep.RegisterCard] : [];

    private bool NeedsCard
    {
        get
        {
            var inUse = Cards.Where(IsInUse).ToList();
            return Cards.Count == 0
                || (Holder.Household?.RegionCode is { } household
                    && !inUse.Any(card => RegionLevel.IsSameProvince(card.RegionCode, household)));
        }
    }

    /// <summary>What can be done with one of his cards, in the order in which a card goes through it.</summary>
    public IReadOnlyList<NextStep> Of(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Holder.End is not null || card.Civil.Ended is not null ? [] : [.. StepsOf(card)];
    }

    private IEnumerable<NextStep> StepsOf(Card card)
    {
        var isHandedOver = card.ReceivedOn is not null;
        var isLost = card.Loss.Reports.Count > 0;
        if (IsInUse(card))
        {
            if (!isHandedOver)
            {
                yield return NextStep.HandOver;
            }
            else if (!isLost && card.Social is { State: SocialState.Suspended, Reason: StateReason.ActivationExpired })
            {
                yield return NextStep.Restore;
            }
            else if (!isLost && !card.Activation.AwaitsUse
                && (card.Status is CardStatus.AwaitingActivation || card.Social.State is SocialState.Sealed))
            {
                yield return NextStep.Activate;
            }

            if (card.Loss.Social is null && IsLocked(card))
            {
                yield return NextStep.UnlockPassword;
            }

            if (isHandedOver && card.ReplacedBy is null && IsReportable(card))
            {
                yield return NextStep.ReportLoss;
            }

            if (card.Loss.Reports.Any(report => CardBlockers.IsReleasable(report, card)))
            {
                yield return NextStep.ReleaseLoss;
            }
        }

        if (card.Reissue is { State: ReissueState.AwaitingPayment })
        {
            yield return NextStep.PayFee;
        }

        if (isHandedOver && CardBlockers.IsReissuable(card))
        {
            yield return NextStep.ApplyForNewCard;
        }

        if (new SpareCard(card).CanEnd(Cards))
        {
            yield return NextStep.CancelSpare;
        }
    }

    private static bool IsInUse(Card card) => card.Social.State is not SocialState.Cancelled;

    private static bool IsLocked(Card card) =>
        card.HeldPasswords.Of(PasswordKind.Social).LockedAt is not null || card.HeldPasswords.Of(PasswordKind.Query).LockedAt is not null;

    private static bool IsReportable(Card card) =>
        card.Loss.IsOpen(CardApplication.Social, LossReportKind.Formal, renewable: false)
        || card.Loss.IsOpen(CardApplication.Financial, LossReportKind.Formal, renewable: false);
}
