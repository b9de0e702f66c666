namespace SocialCard.Domain.Cards;

/// <summary>Why a referral, or a use that needs one, is refused.</summary>
public static class ReferralRefusals
{
    /// <summary>The card has, and had, none of the id.</summary>
    public static Refusal NotFound { get; } = new(RefusedBy.Absence, "referral-not-found", "There is no such referral within your scope.");

    /// <summary>A hospital outside the card's province needs one for the day.</summary>
    public static Refusal Missing { get; } =
        new(RefusedBy.Policy, "referral-missing", "No referral to the hospital is valid for the card on that day.");

    /// <summary>The card is insured elsewhere.</summary>
    public static Refusal OtherRegion { get; } =
        new(RefusedBy.Policy, "from-region-mismatch", "The card is not insured in that region.");

    /// <summary>Within the card's province nobody needs one.</summary>
    public static Refusal NotNeeded { get; } =
        new(RefusedBy.Policy, "referral-not-needed", "The hospital treats the card's holders without a referral.");

    /// <summary>The approving hospital is not one of the card's province.</summary>
    public static Refusal NotApprovable { get; } =
        new(RefusedBy.Policy, "approving-hospital-elsewhere", "A hospital of the card's province approves.");

    /// <summary>The card has many.</summary>
    public static Refusal TooMany { get; } =
        new(RefusedBy.State, "too-many-referrals", "The card has as many referrals under way as it may have.");

    /// <summary>It is over, or was never the card's.</summary>
    public static Refusal NotOpen { get; } = new(RefusedBy.State, "referral-not-open", "No such referral of the card is open.");
}
