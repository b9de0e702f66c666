namespace SocialCard.Domain.Cards;

/// <summary>A new password was asked for and waits for its moment.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Kind">Which password.</param>
/// <param name="Operation">Change or reset.</param>
/// <param name="Channel">Where.</param>
/// <param name="EffectiveAt">From when on it counts.</param>
/// <param name="Provisional">Whether working days beyond the published holidays went into it.</param>
public sealed record PasswordChangeRequested(
    string ChangeId, PasswordKind Kind, PasswordOperation Operation, ServiceChannel Channel, DateTimeOffset EffectiveAt, bool Provisional)
    : DomainEvent("passwordChangeRequested");

/// <summary>A new password counts from now on.</summary>
/// <param name="ChangeId">The change; null for one at the bank.</param>
/// <param name="Kind">Which password.</param>
/// <param name="Operation">Change or reset; null for one at the bank.</param>
/// <param name="Channel">Where it was asked for.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="EffectiveAt">Since when it counts.</param>
public sealed record PasswordChanged(
    string? ChangeId,
    PasswordKind Kind,
    PasswordOperation? Operation,
    ServiceChannel Channel,
    DateTimeOffset RequestedAt,
    DateTimeOffset EffectiveAt)
    : DomainEvent("passwordChanged");

/// <summary>A change that was to come will not.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Kind">Which password.</param>
/// <param name="State">Superseded by a newer change, cancelled by the holder, or dropped with the card.</param>
public sealed record PasswordChangeEnded(string ChangeId, PasswordKind Kind, PasswordChangeState State) : DomainEvent(State switch
{
    PasswordChangeState.Superseded => "passwordChangeSuperseded",
    PasswordChangeState.Cancelled => "passwordChangeCancelled",
    _ => "passwordChangeDropped",
});

/// <summary>A wrong password was presented.</summary>
/// <param name="Kind">Which password.</param>
/// <param name="AttemptsLeft">How many more lock it; null where the region sets no limit.</param>
public sealed record PasswordMismatched(PasswordKind Kind, int? AttemptsLeft) : DomainEvent("passwordMismatched");

/// <summary>Too many wrong attempts locked a password (锁卡).</summary>
/// <param name="Kind">Which password.</param>
public sealed record PasswordLocked(PasswordKind Kind) : DomainEvent("passwordLocked");

/// <summary>The error counter of a password was cleared (解锁).</summary>
/// <param name="Kind">Which password.</param>
/// <param name="Channel">Where; null if the lock lapsed by itself.</param>
/// <param name="Unlocks">How many unlocks the card has had.</param>
public sealed record PasswordUnlocked(PasswordKind Kind, ServiceChannel? Channel, int Unlocks) : DomainEvent("passwordUnlocked");

/// <summary>A reset sealed the social-security application (封存) until the card is next used at a hospital or pharmacy.</summary>
/// <param name="SealedAt">Since when.</param>
public sealed record SealedByReset(DateTimeOffset SealedAt) : DomainEvent("sealed");

/// <summary>The holder was asked to change an initial password.</summary>
/// <param name="Kinds">Which passwords still have their initial value.</param>
public sealed record InitialPasswordNoticed(IReadOnlyList<PasswordKind> Kinds) : DomainEvent("initialPasswordNoticed");

/// <summary>The query password of the card before is this card's too.</summary>
/// <param name="From">The card before.</param>
public sealed record QueryPasswordTakenOver(CardNumber From) : DomainEvent("queryPasswordTakenOver");
