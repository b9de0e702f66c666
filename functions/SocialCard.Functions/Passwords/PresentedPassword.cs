using System.Security.Cryptography;
using System.Text;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Passwords;

/// <summary>
/// A password that somebody presented, for the time of one request. It never leaves the memory of the function.
/// </summary>
public sealed class PresentedPassword(string digits, PasswordVerifier verifier, PersonProtection holders)
{
    /// <summary>Whether it is the password that a card holds.</summary>
    public bool Matches(Card card, HeldPassword held, PasswordPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(policy);
        return held.Verifier is { } stored
            ? verifier.Matches(held.SetOn ?? card.Number, stored, digits)
            : policy.InitialMode is InitialPasswordMode.NotEnforced || IsInitial(card, policy.Initial!);
    }

    /// <summary>Whether it is the very value that a card holds, enforced or not.</summary>
    public bool IsValueOf(Card card, HeldPassword held, PasswordPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(policy);
        return held.Verifier is null ? IsInitial(card, policy.Initial!) : Matches(card, held, policy);
    }

    /// <summary>What is stored of it.</summary>
    public string CreateVerifier(CardNumber card) => verifier.Create(card, digits);

    private bool IsInitial(Card card, AssignedPassword initial) =>
        AssignedDigits.Of(initial, card.Number, holders.Open(card.Holder).Document) is { } expected
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(digits));
}
