namespace SocialCard.Domain.Rules;

/// <summary>The value of a password that its holder did not choose in a change.</summary>
/// <param name="Rule">How it is found.</param>
/// <param name="Digits">The digits of a <see cref="AssignedPasswordRule.Literal"/>.</param>
/// <param name="First">First position, from 1, of an <see cref="AssignedPasswordRule.IdNumberPart"/>.</param>
/// <param name="Last">Its last position, inclusive.</param>
public sealed record AssignedPassword(AssignedPasswordRule Rule, string? Digits = null, int? First = null, int? Last = null)
{
    /// <summary>How it is found.</summary>
    public AssignedPasswordRule Rule { get; } =
        (Rule == AssignedPasswordRule.Literal) == (Digits is not null)
        && (Digits is null || (Digits.Length > 0 && Digits.All(char.IsAsciiDigit)))
        && (Rule == AssignedPasswordRule.IdNumberPart ? First >= 1 && Last >= First && Last <= 18 : (First ?? Last) is null)
            ? Rule
            : throw new ArgumentException("A literal needs digits, an idNumberPart first and last within 1 to 18, other rules neither.");
}

/// <summary>How a locked password comes back.</summary>
/// <param name="ByReset">
/// A reset lifts the lock with the password that it sets; else a locked password is unlocked before anything else.
/// </param>
/// <param name="Where">Where.</param>
/// <param name="ByItselfAfter">How long until the lock lapses; <see cref="Period.NoLimit"/> where it never does.</param>
/// <param name="MaxLifetime">Unlocks in the life of a card, after which it needs reissue; null where no maximum is known.</param>
public sealed record UnlockPolicy(
    bool ByReset,
    UnlockPlace Where,
    [Units(PeriodUnit.Hours, PeriodUnit.Days, PeriodUnit.NoLimit)] Period ByItselfAfter,
    int? MaxLifetime) : PolicySection;

/// <summary>Where the operations on a password are done.</summary>
/// <param name="Change">By one who knows it.</param>
/// <param name="Reset">By one who forgot it.</param>
/// <param name="Unlock">After too many wrong attempts.</param>
public sealed record PasswordChannels(
    IReadOnlyList<ServiceChannel> Change,
    IReadOnlyList<ServiceChannel> Reset,
    IReadOnlyList<ServiceChannel> Unlock) : PolicySection;

/// <summary>How long a new password waits, by channel; the old one is valid until then. No region publishes a figure.</summary>
/// <param name="Change">After a change.</param>
/// <param name="Reset">After a reset.</param>
public sealed record PasswordDelays(ByChannel<Delay> Change, ByChannel<Delay> Reset) : PolicySection;

/// <summary>One kind of password.</summary>
/// <param name="Initial">Its first value; null where the card has one that no source gives.</param>
/// <param name="InitialMode">What the first value is good for.</param>
/// <param name="ResetTo">Its value after a reset; where the rule gives the card none, the holder chooses one.</param>
/// <param name="MaxWrong">Wrong attempts that lock it; null where unknown, as with most banks.</param>
/// <param name="WrongCount">Which attempts count.</param>
/// <param name="Unlock">How it comes back.</param>
/// <param name="Channels">Where the operations are done.</param>
/// <param name="EffectiveDelay">When a new value takes effect.</param>
public sealed record PasswordPolicy(
    AssignedPassword? Initial,
    InitialPasswordMode InitialMode,
    AssignedPassword ResetTo,
    int? MaxWrong,
    WrongCount WrongCount,
    UnlockPolicy Unlock,
    PasswordChannels Channels,
    PasswordDelays EffectiveDelay) : PolicySection;

/// <summary>The passwords of a card. The bank holds that of the debit account, under its own rules.</summary>
/// <param name="Kinds">Which of them cards of the region have.</param>
/// <param name="Social">The password of the social-security application.</param>
/// <param name="Query">The password for queries.</param>
/// <param name="ReenableAfterReset">
/// A reset of the social password seals the social-security application until the next use at a hospital or pharmacy enables it again.
/// </param>
/// <param name="InitialNoticeDays">Days after receipt when a holder who still has an initial password is asked to change it.</param>
public sealed record PasswordsPolicy(
    IReadOnlyList<PasswordKind> Kinds,
    PasswordPolicy Social,
    PasswordPolicy Query,
    bool ReenableAfterReset,
    int InitialNoticeDays) : PolicySection
{
    /// <summary>The rules of one kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The financial password, which the bank holds.</exception>
    public PasswordPolicy For(PasswordKind kind) => kind switch
    {
        PasswordKind.Social => Social,
        PasswordKind.Query => Query,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The bank holds it."),
    };
}
