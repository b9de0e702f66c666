using System.Text.Json.Serialization;

namespace SocialCard.Domain.Rules;

/// <summary>The passwords of a card.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PasswordKind>))]
public enum PasswordKind
{
    /// <summary>For medical settlement and business with the bureau; held by the bureau.</summary>
    Social,

    /// <summary>Of the debit account; held by the bank alone.</summary>
    Financial,

    /// <summary>For queries by phone, web and kiosk.</summary>
    Query,
}

/// <summary>How a password gets a value that its holder did not choose in a change.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AssignedPasswordRule>))]
public enum AssignedPasswordRule
{
    /// <summary>The same digits for every card.</summary>
    Literal,

    /// <summary>The last six characters of the card number.</summary>
    CardNumberLastSix,

    /// <summary>A stretch of the holder's ID number.</summary>
    IdNumberPart,

    /// <summary>The holder chooses it at activation; the card has none before.</summary>
    SetAtActivation,

    /// <summary>The holder chooses it in the operation itself.</summary>
    ChosenByHolder,

    /// <summary>Each bank has its own rule.</summary>
    PerBank,
}

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

/// <summary>What may be done with an initial password.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<InitialPasswordMode>))]
public enum InitialPasswordMode
{
    /// <summary>Everything.</summary>
    Usable,

    /// <summary>Queries, no spending.</summary>
    QueryOnly,

    /// <summary>Deposits, no spending.</summary>
    DepositOnly,

    /// <summary>The card asks for no password until it has been changed.</summary>
    NotEnforced,

    /// <summary>No medical payment.</summary>
    PaymentForbidden,

    /// <summary>Nothing before the holder has set an own one at first use.</summary>
    SetAtFirstUse,
}

/// <summary>Which wrong attempts count towards the lock.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WrongCount>))]
public enum WrongCount
{
    /// <summary>Those since the last right one.</summary>
    Consecutive,

    /// <summary>All since the last unlock.</summary>
    Cumulative,

    /// <summary>All of one day.</summary>
    PerDay,
}

/// <summary>Where a locked password is unlocked.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UnlockPlace>))]
public enum UnlockPlace
{
    /// <summary>At any point of the region.</summary>
    Anywhere,

    /// <summary>Where it was locked.</summary>
    WhereLocked,
}

/// <summary>How a locked password comes back.</summary>
/// <param name="InPerson">Only the holder in person.</param>
/// <param name="Where">Where.</param>
/// <param name="ByItselfAfter">How long until the lock lapses; <see cref="Period.NoLimit"/> where it never does.</param>
/// <param name="MaxLifetime">Unlocks in the life of a card, after which it needs reissue; null where no maximum is known.</param>
public sealed record UnlockPolicy(
    bool InPerson,
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
/// <param name="ResetTo">Its value after a reset.</param>
/// <param name="ReenableAfterReset">After a reset the card is enabled again at its next use.</param>
/// <param name="MaxWrong">Wrong attempts that lock it; null where unknown, as with most banks.</param>
/// <param name="WrongCount">Which attempts count.</param>
/// <param name="Unlock">How it comes back.</param>
/// <param name="Channels">Where the operations are done.</param>
/// <param name="EffectiveDelay">When a new value takes effect.</param>
public sealed record PasswordPolicy(
    AssignedPassword? Initial,
    InitialPasswordMode InitialMode,
    AssignedPassword ResetTo,
    bool ReenableAfterReset,
    int? MaxWrong,
    WrongCount WrongCount,
    UnlockPolicy Unlock,
    PasswordChannels Channels,
    PasswordDelays EffectiveDelay) : PolicySection;

/// <summary>The passwords of a card.</summary>
/// <param name="Kinds">Which of them cards of the region have.</param>
/// <param name="Social">The password of the social-security application.</param>
/// <param name="Financial">The password of the debit account.</param>
/// <param name="Query">The password for queries.</param>
/// <param name="FinancialInitialByBank">Initial financial passwords where the rule is <see cref="AssignedPasswordRule.PerBank"/>.</param>
/// <param name="InitialNoticeDays">Days after receipt when a holder who still has an initial password is asked to change it.</param>
public sealed record PasswordsPolicy(
    IReadOnlyList<PasswordKind> Kinds,
    PasswordPolicy Social,
    PasswordPolicy Financial,
    PasswordPolicy Query,
    IReadOnlyDictionary<string, AssignedPassword>? FinancialInitialByBank,
    int InitialNoticeDays) : PolicySection
{
    /// <summary>The rules of one kind.</summary>
    public PasswordPolicy For(PasswordKind kind) => kind switch
    {
        PasswordKind.Social => Social,
        PasswordKind.Financial => Financial,
        PasswordKind.Query => Query,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
