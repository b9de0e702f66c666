using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;

namespace SocialCard.Functions.Passwords;

/// <summary>The key over which passwords are hashed (<c>Keys:PasswordKey</c>): six digits alone would be tried out in seconds.</summary>
public sealed class PasswordKey(IConfiguration configuration) : ServiceKey(configuration, "PasswordKey");

/// <summary>
/// Makes what is stored of a password, and verifies one: ASP.NET Core's PasswordHasher (PBKDF2, salted) over an HMAC of
/// the card number and the password under <see cref="PasswordKey"/>. Nothing of it tells the password without the key.
/// </summary>
public sealed class PasswordVerifier(PasswordKey key)
{
    private readonly PasswordHasher<object> hasher = new();
    private readonly object nobody = new();

    /// <summary>What is stored of a password.</summary>
    public string Create(CardNumber card, string password) => hasher.HashPassword(nobody, Keyed(card, password));

    /// <summary>Whether a password is the one that a verifier was made of.</summary>
    public bool Matches(CardNumber card, string verifier, string password) =>
        hasher.VerifyHashedPassword(nobody, verifier, Keyed(card, password)) is not PasswordVerificationResult.Failed;

    private string Keyed(CardNumber card, string password) =>
        Convert.ToBase64String(key.Hash(Encoding.UTF8.GetBytes($"{card.Value}\n{password}")));
}
