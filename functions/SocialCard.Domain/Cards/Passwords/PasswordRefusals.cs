namespace SocialCard.Domain.Cards;

/// <summary>Why a command on a password is refused.</summary>
public static class PasswordRefusals
{
    /// <summary>A new password has six digits.</summary>
    public static Refusal NotSixDigits { get; } = Policy("password-not-six-digits", "A password has six digits.");

    /// <summary>A new password is not one digit repeated.</summary>
    public static Refusal RepeatedDigit { get; } = Policy("password-repeated-digit", "A password is not one digit repeated.");

    /// <summary>A new password is not a run up or down.</summary>
    public static Refusal Run { get; } = Policy("password-run", "A password is not a run of digits up or down.");

    /// <summary>A new password is not part of the ID number.</summary>
    public static Refusal InIdNumber { get; } = Policy("password-in-id-number", "A password is not a part of the ID number.");

    /// <summary>A new password is not part of the card number.</summary>
    public static Refusal InCardNumber { get; } = Policy("password-in-card-number", "A password is not a part of the card number.");

    /// <summary>A new password is another one.</summary>
    public static Refusal Same { get; } = Policy("password-unchanged", "The new password is the current one.");

    /// <summary>The current password presented is wrong; the attempt counts.</summary>
    public static Refusal CurrentWrong { get; } = Policy("current-password-wrong", "The current password is wrong.");

    /// <summary>The region gives the password at a reset.</summary>
    public static Refusal Assigned { get; } =
        Policy("password-assigned", "A reset in the card's region gives a password; the holder changes it to one of his own afterwards.");

    /// <summary>The bank holds the financial password.</summary>
    public static Refusal HeldByBank { get; } =
        Policy("password-held-by-bank", "The bank holds the financial password; it is changed there.");

    /// <summary>Cards of the region have no such password.</summary>
    public static Refusal NoSuchKind { get; } = Policy("password-kind-unknown", "Cards of this region have no such password.");

    /// <summary>Too many wrong attempts.</summary>
    public static Refusal Locked { get; } = Card("password-locked", "The password is locked; it must be unlocked first.");

    /// <summary>There is no password to know yet.</summary>
    public static Refusal NotSet { get; } = Card("password-not-set", "The card has no such password yet; a reset sets it.");

    /// <summary>Nobody has the card yet.</summary>
    public static Refusal NotReceived { get; } = Card("card-not-received", "The card has not been handed over.");

    /// <summary>The region unlocks a password only where it was locked.</summary>
    public static Refusal UnlockElsewhere { get; } = Policy("unlock-elsewhere", "The region unlocks a password only where it was locked.");

    /// <summary>The card's unlocks are used up.</summary>
    public static Refusal UnlocksUsedUp { get; } = Card("unlocks-used-up", "The card's unlocks are used up; it needs reissue.");

    /// <summary>There never was such a change.</summary>
    public static Refusal ChangeNotFound { get; } =
        new(RefusedBy.Absence, "password-change-not-found", "There is no such change within your scope.");

    /// <summary>The change is no longer pending.</summary>
    public static Refusal NotPending { get; } = Card("password-change-not-pending", "The change is not pending.");

    private static Refusal Card(string code, string detail) => new(RefusedBy.State, code, detail);

    private static Refusal Policy(string code, string detail) => new(RefusedBy.Policy, code, detail);
}
