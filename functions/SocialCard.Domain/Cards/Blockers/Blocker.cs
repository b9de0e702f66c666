namespace SocialCard.Domain.Cards;

/// <summary>Something that stands in the way of using a card.</summary>
/// <param name="Code">What.</param>
/// <param name="Application">Which application it stops; null where both, or the card as a whole.</param>
/// <param name="Password">Which password, where it is one.</param>
/// <param name="Next">What lifts it; null where the holder can do nothing about it, or it is the bank that acts.</param>
/// <param name="CardNumber">The card to be used instead, where there is one.</param>
public sealed record Blocker(
    BlockerCode Code,
    CardApplication? Application = null,
    PasswordKind? Password = null,
    NextStep? Next = null,
    CardNumber? CardNumber = null);

/// <summary>What stands in the way of using a card.</summary>
public enum BlockerCode
{
    /// <summary>The holder is recorded as dead.</summary>
    HolderDeceased,

    /// <summary>The holder has renounced the nationality.</summary>
    NationalityRenounced,

    /// <summary>A new card has taken its place.</summary>
    Replaced,

    /// <summary>It has ended for good.</summary>
    Cancelled,

    /// <summary>It was not handed over.</summary>
    NotReceived,

    /// <summary>It is on loss report.</summary>
    Lost,

    /// <summary>It was not activated in time.</summary>
    Expired,

    /// <summary>Its years are over.</summary>
    ValidityEnded,

    /// <summary>In its region the bank has to activate the financial application.</summary>
    FinancialActivationRequired,

    /// <summary>It was not activated as its region asks.</summary>
    NotActivated,

    /// <summary>A password is locked.</summary>
    Locked,

    /// <summary>The fee of the new card in its place is due.</summary>
    Unpaid,
}
