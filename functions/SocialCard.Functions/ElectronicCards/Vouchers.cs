using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using SocialCard.Domain.ElectronicCards;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// Makes and reads the tokens that a guardian shows as a QR code: encrypted and signed by Data Protection, some 160 characters of
/// base64url. They hold no personal data. The time is the service's clock's, so it stands inside.
/// </summary>
public sealed class Vouchers(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a voucher is valid.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);

    private const int LongestToken = 512;
    private const int IdBytes = 8;
    private const int Length = IdBytes + IdBytes + sizeof(long) + 1;

    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.Voucher.v1");

    /// <summary>A new voucher for a card.</summary>
    public (string Token, DateTimeOffset ExpiresAt) Issue(string electronicCardId, bool isAuthorised)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds((clock.GetUtcNow() + Validity).ToUnixTimeMilliseconds());
        var content = new byte[Length];
        Convert.FromHexString(electronicCardId).CopyTo(content, 0);
        RandomNumberGenerator.Fill(content.AsSpan(IdBytes, IdBytes));
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(IdBytes + IdBytes), expiresAt.ToUnixTimeMilliseconds());
        content[^1] = isAuthorised ? (byte)1 : (byte)0;
        return (WebEncoders.Base64UrlEncode(protector.Protect(content)), expiresAt);
    }

    /// <summary>What a token holds, or null if it is none of this service's, or was changed.</summary>
    public Voucher? Find(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > LongestToken)
        {
            return null;
        }

        try
        {
            return protector.Unprotect(WebEncoders.Base64UrlDecode(token)) is { Length: Length } content
                ? new(
                    Convert.ToHexStringLower(content.AsSpan(0, IdBytes)),
                    Convert.ToHexStringLower(content.AsSpan(IdBytes, IdBytes)),
                    DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(IdBytes + IdBytes))),
                    content[^1] == 1)
                : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            // Not one of ours: the answer says so.
            return null;
        }
    }
}
