namespace SocialCard.Domain.Cards;

/// <summary>
/// What becomes of the e-wallet of a citizen card, by the region's rule as it was at the loss report. The wallet is its operator's; the
/// service knows nothing of its money, and the holder asks here.
/// </summary>
/// <param name="Frozen">Whether the report freezes it; false where it is reported on its own, null where that is not known.</param>
/// <param name="EffectiveAt">From when on the report freezes it; null where it does not, or nobody says when.</param>
/// <param name="UsableAfterRelease">How long after a release it works again; null where unknown.</param>
/// <param name="PaidOutAfter">How long after its report its balance is paid out; null where unknown.</param>
public sealed record LossWallet(bool? Frozen, DateTimeOffset? EffectiveAt, Period? UsableAfterRelease, Period? PaidOutAfter)
{
    /// <summary>What a report of an instant does to it; null where nothing is known of a wallet.</summary>
    public static LossWallet? Of(LossWalletPolicy policy, DateTimeOffset reportedAt, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var effectiveAt = policy is { FrozenWithCard: true, EffectDelay: { } delay } ? PeriodEnd.Of(delay, reportedAt, calendar).At : null;
        var wallet = new LossWallet(policy.FrozenWithCard, effectiveAt, policy.UsableAfterRelease, policy.PaidOutAfter);
        return wallet == new LossWallet(null, null, null, null) ? null : wallet;
    }
}
