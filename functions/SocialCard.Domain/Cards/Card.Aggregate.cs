using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;

namespace SocialCard.Domain.Cards;

public sealed partial record Card : IAggregate<Card>
{
    /// <summary>The table of cards.</summary>
    public static string Table => "Cards";

    static string IAggregate<Card>.Kind => "card";

    static Refusal IAggregate<Card>.NotFound => Refusal.CardNotFound;

    static string? IAggregate<Card>.KeyOf(string text) => CardNumber.TryParse(text, out var number) ? number.Value : null;

    string IAggregate<Card>.Key => Number.Value;

    string IAggregate<Card>.MaskedKey => Number.Masked;

    IEnumerable<KeyValuePair<string, string>> IAggregate<Card>.Columns =>
    [
        new(nameof(Status), Status.ToString()),
        new(nameof(RegionCode), RegionCode),
        new(nameof(BankId), BankId),
    ];

    /// <summary>
    /// Whether the card is within a partner's scope: a bank's own cards and those whose successor it is asked to make, else the
    /// cards of its region, and for a hospital those that are referred to it.
    /// </summary>
    public bool IsSeenBy(Partner caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role is PartnerRole.Bank ? BankId == caller.Id || Reissue?.BankId == caller.Id
            : caller.Covers(RegionCode)
                || (caller.Role is PartnerRole.Hospital && KnownReferrals.Any(referral => referral.ToHospital == caller.Id && referral.WithdrawnAt is null));
    }

    /// <summary>Whether the card is used in another province when the partner uses it, which takes a referral.</summary>
    public bool IsAwayFrom(Partner user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Role is PartnerRole.Hospital or PartnerRole.Pharmacy && !user.Covers(RegionCode);
    }
}

/// <summary>What a decision says of a card.</summary>
public static class CardDecision
{
    extension(Decision<Card> decision)
    {
        /// <summary>The card after the command; null when it was refused.</summary>
        public Card? Card => decision.State;
    }
}
