namespace SocialCard.Functions.Passwords;

/// <summary>The password that a change sets, for the time of one request: the holder's choice, or the one that his region gives.</summary>
/// <param name="Digits">Its digits.</param>
/// <param name="IsAssigned">Whether the region gives it.</param>
internal sealed record NewPassword(string Digits, bool IsAssigned)
{
    /// <summary>The password, or why what was asked for gives none.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="card">The card.</param>
    /// <param name="document">The holder's document.</param>
    /// <param name="policies">The region's rules.</param>
    public static (NewPassword? Password, Refusal? Refusal) Of(
        PasswordChangeRequest asked, CardNumber card, IdentityDocument document, PasswordsPolicy policies)
    {
        // The bank holds the financial one, which the card says.
        var assigned = asked is { Operation: PasswordOperation.Reset, Kind: not PasswordKind.Financial }
            ? AssignedDigits.Of(policies.For(asked.Kind).ResetTo, card, document) : null;
        return (assigned, asked.NewPassword) switch
        {
            ({ } given, null) => (new(given, true), null),
            ({ }, { }) => (null, PasswordRefusals.Assigned),
            (null, null) => (null, Refusal.InvalidField("newPassword", "Required: the holder chooses it.")),
            (null, { } chosen) => NewPasswordRules.Broken(chosen, document, card) is { } broken
                ? (null, broken) : (new(chosen, false), null),
        };
    }

    /// <summary>Shows no password.</summary>
    public override string ToString() => IsAssigned ? "assigned password" : "chosen password";
}
