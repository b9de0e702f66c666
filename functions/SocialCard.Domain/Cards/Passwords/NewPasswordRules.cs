namespace SocialCard.Domain.Cards;

/// <summary>What a new password must be like.</summary>
public static class NewPasswordRules
{
    /// <summary>The length of every password, in digits.</summary>
    public const int Length = 6;

    /// <summary>The rule that a new password breaks, or null. That it is not the current one is checked with the card.</summary>
    /// <param name="password">The new password.</param>
    /// <param name="document">The holder's document; of its number the digits count, without what stands between them.</param>
    /// <param name="card">The card's number.</param>
    public static Refusal? Broken(string password, IdentityDocument document, CardNumber card)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(document);
        return password.Length != Length || !password.All(char.IsAsciiDigit) ? PasswordRefusals.NotSixDigits
            : HasStep(password, 0) ? PasswordRefusals.RepeatedDigit
            : HasStep(password, 1) || HasStep(password, -1) ? PasswordRefusals.Run
            : string.Concat(document.Number.Where(char.IsAsciiDigit)).Contains(password, StringComparison.Ordinal)
                ? PasswordRefusals.InIdNumber
            : card.Value.Contains(password, StringComparison.Ordinal) ? PasswordRefusals.InCardNumber
            : null;
    }

    private static bool HasStep(string digits, int step) =>
        digits.Zip(digits.Skip(1), (one, next) => next - one).All(found => found == step);
}
