using SocialCard.Domain.Cards;

namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>A hospital or pharmacy checks a voucher; each counts once.</summary>
    /// <param name="voucher">The voucher.</param>
    /// <param name="use">What the card is good for while its physical card is as it is.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> CheckVoucher(Voucher voucher, ElectronicCardUse use, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(voucher);
        return voucher.ExpiresAt <= now ? ElectronicCardRefusals.VoucherExpired
            : UsedVouchers.Any(used => used.VoucherId == voucher.Id) ? ElectronicCardRefusals.VoucherUsed
            : UseFault(use, voucher.IsAuthorised) is { } fault ? fault
            : Decision.Changed(
                this with { UsedVouchers = [.. UsedVouchers.Where(used => used.ExpiresAt > now), new(voucher.Id, voucher.ExpiresAt)] },
                new ElectronicCardVoucherChecked());
    }

    /// <summary>Why the card cannot be shown now; null where it can.</summary>
    /// <param name="use">What it is good for while its physical card is as it is.</param>
    /// <param name="isAuthorised">Whether the guardian has said that it be used nonetheless.</param>
    public Refusal? UseFault(ElectronicCardUse use, bool isAuthorised) =>
        State is not ElectronicCardState.Issued ? ElectronicCardRefusals.NotIssued
        : use is ElectronicCardUse.Blocked ? ElectronicCardRefusals.PhysicalCardUnusable
        : use is ElectronicCardUse.WithAuthorization && !isAuthorised ? ElectronicCardRefusals.AuthorisationMissing
        : null;

    /// <summary>
    /// What the card is good for beside the child's physical cards, the best of which counts; one that nobody has enabled yet is no
    /// obstacle.
    /// </summary>
    /// <param name="physical">The cards that the child has or had.</param>
    /// <param name="rules">The rules of today.</param>
    public ElectronicCardUse UseBeside(IEnumerable<Card> physical, ElectronicCardUses rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Member is null || !Terms.NeedsPhysicalCard
            ? ElectronicCardUse.Usable : physical.Select(card => UseWhile(card.Social, rules)).Append(rules.Cancelled).Min();
    }

    private static ElectronicCardUse UseWhile(Application<SocialState> physical, ElectronicCardUses rules) => physical switch
    {
        { State: SocialState.Cancelled } => rules.Cancelled,
        { State: SocialState.Suspended, Reason: StateReason.FormalLoss } => rules.FormalLoss,
        { State: SocialState.Suspended, Reason: StateReason.PasswordLocked } => rules.PasswordLocked,
        // The sources name no other reason; a card that was not activated in time is as little lost for good.
        { State: SocialState.Suspended } => rules.TemporaryLoss,
        _ => ElectronicCardUse.Usable,
    };
}
