namespace SocialCard.Domain.Cards;

/// <summary>Why a request for family sharing is refused.</summary>
public static class FamilyRefusals
{
    /// <summary>There never was such a member of the card's family.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "family-member-not-found", "There is no such member of the card's family.");

    /// <summary>The giver's card is not active.</summary>
    public static Refusal GiverNotActive { get; } = Card("card-not-active", "The card must be activated and in use.");

    /// <summary>The receiver has no card here, or not that one. Which of the two is not told, nor whose card it is.</summary>
    public static Refusal ReceiverNotFound { get; } = Policy("receiver-not-found", "No such card of the receiver is known.");

    /// <summary>The receiver's card is not active.</summary>
    public static Refusal ReceiverNotActive { get; } =
        Card("receiver-card-not-active", "The receiver's card must be activated and in use.");

    /// <summary>Nobody shares with himself.</summary>
    public static Refusal ReceiverIsGiver { get; } = Policy("receiver-is-giver", "The receiver is the card's holder.");

    /// <summary>He is a member already.</summary>
    public static Refusal AlreadyMember { get; } =
        Card("already-member", "The receiver is a member of the family, or asked to be one, already.");

    /// <summary>He is named twice in one request.</summary>
    public static Refusal Duplicate { get; } = Policy("duplicate-member", "The receiver is named in this request already.");

    /// <summary>The region does not share with such a relative.</summary>
    public static Refusal RelationNotAllowed { get; } =
        Policy("relation-not-allowed", "The card's region does not share with a relative of this kind.");

    /// <summary>There are as many members as the region allows.</summary>
    public static Refusal TooManyReceivers(int most) =>
        Policy("receiver-limit-reached", $"In the card's region a giver has at most {most} receivers.");

    /// <summary>The receiver has as many givers as the region allows.</summary>
    public static Refusal TooManyGivers(int most) =>
        Policy("giver-limit-reached", $"In the receiver's region a receiver has at most {most} givers.");

    /// <summary>The cards are of different areas.</summary>
    public static Refusal OutOfArea { get; } =
        Policy("area-not-shared", "The card's region does not share with the area of the receiver's card.");

    /// <summary>The channel must attest the balance.</summary>
    public static Refusal BalanceMissing { get; } =
        Policy("balance-missing", "The card's region lets a balance stay with the giver: send accountBalanceYuan.");

    /// <summary>Nothing is left to share.</summary>
    public static Refusal BalanceTooLow(int keep) =>
        Policy("balance-too-low", $"In the card's region {keep} yuan stay with the giver, and the account has no more.");

    /// <summary>The changes of the year are used up.</summary>
    public static Refusal TooManyChanges(int most) =>
        Policy("change-limit-reached", $"In the card's region members are changed at most {most} times in a calendar year.");

    /// <summary>He was a member, and is none any more.</summary>
    public static Refusal NotMember { get; } = Card("family-member-ended", "The member is none any more.");

    /// <summary>Nobody waits for a consent.</summary>
    public static Refusal ConsentNotDue { get; } = Card("consent-not-due", "No consent is waited for.");

    /// <summary>Somebody else consents.</summary>
    public static Refusal ReceiverMismatch { get; } = Policy("receiver-mismatch", "The ID number is not the receiver's.");

    private static Refusal Card(string code, string detail) => new(RefusedBy.State, code, detail);

    private static Refusal Policy(string code, string detail) => new(RefusedBy.Policy, code, detail);
}
