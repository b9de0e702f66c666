namespace SocialCard.Domain.Cards;

/// <summary>Why a card is no credential now. Nothing of it tells of the holder.</summary>
public enum UnusableReason
{
    /// <summary>Its social-security application was never enabled, or the card was not activated as its region asks.</summary>
    NotActivated,

    /// <summary>It was not activated in time.</summary>
    Expired,

    /// <summary>The years for which it was issued are over.</summary>
    ValidityEnded,

    /// <summary>It is on loss report.</summary>
    Lost,

    /// <summary>Too many wrong passwords locked it.</summary>
    Locked,

    /// <summary>It has ended for good.</summary>
    Cancelled,

    /// <summary>Who was named is not the holder.</summary>
    HolderMismatch,

    /// <summary>The password presented is wrong; the attempt counts.</summary>
    PasswordWrong,

    /// <summary>The holder has set no password yet.</summary>
    PasswordNotSet,
}

/// <summary>What an agency learns of a card.</summary>
/// <param name="Usable">Whether the card is its holder's credential now, and it is he who shows it.</param>
/// <param name="Reasons">Why not; empty where it is.</param>
/// <example>
/// {"usable": false, "reasons": ["lost", "holderMismatch"]}
/// </example>
public sealed record VerificationAnswer(bool Usable, IReadOnlyList<UnusableReason> Reasons);

/// <summary>An agency asked whether the card is usable as a credential.</summary>
/// <param name="Service">For which service.</param>
/// <param name="Usable">Whether it was.</param>
/// <param name="Reasons">Why not.</param>
public sealed record CardVerified(PublicService Service, bool Usable, IReadOnlyList<UnusableReason> Reasons) : DomainEvent(EventType)
{
    /// <summary>Its name on the timeline.</summary>
    public const string EventType = "verified";
}
