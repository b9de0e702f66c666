namespace SocialCard.Domain.Cards;

/// <summary>
/// Of which money a relative's costs are paid, by the region's rule as it was at the request. The service knows no balances: it is what the
/// settlement must know.
/// </summary>
/// <param name="Balance">Which money of the giver's account.</param>
/// <param name="KeepYuan">Balance that stays with the giver, in yuan; null where unknown.</param>
/// <param name="YearlyCapYuan">Most that is shared in a calendar year, in yuan; null where unknown.</param>
public sealed record FamilyTerms(SharedBalance Balance, int? KeepYuan, int? YearlyCapYuan)
{
    /// <summary>The terms under a policy.</summary>
    public static FamilyTerms Of(FamilySharingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(policy.Balance, policy.KeepYuan, policy.YearlyCapYuan);
    }
}
