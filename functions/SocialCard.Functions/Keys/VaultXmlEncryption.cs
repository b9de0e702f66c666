using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.Functions.Keys;

/// <summary>Encrypts a key of the ring with AES-GCM under a key of its own, which the vault's key wraps.</summary>
/// <param name="vault">The vault's key.</param>
internal sealed class VaultXmlEncryptor(VaultKey vault) : IXmlEncryptor
{
    private const int KeyBytes = 32;

    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var (wrapped, version) = vault.Wrap(key);
        var encrypted = new EncryptedKey(version, wrapped, SealedBytes.Seal(BinaryData.FromString(plaintextElement.ToString()), key));
        return new EncryptedXmlInfo(encrypted.ToXml(), typeof(VaultXmlDecryptor));
    }
}

/// <summary>Decrypts it. The ring names this type beside each key: its name and namespace stay.</summary>
/// <param name="services">Have the vault's key.</param>
internal sealed class VaultXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly VaultKey vault = services.GetRequiredService<VaultKey>();

    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        var encrypted = EncryptedKey.Of(encryptedElement);
        return XElement.Parse(SealedBytes.Open(encrypted.Sealed, vault.Unwrap(encrypted.Wrapped, encrypted.Version)).ToString());
    }
}

/// <summary>A key of the ring as it is stored.</summary>
/// <param name="Version">The version of the vault's key.</param>
/// <param name="Wrapped">The key that encrypts, wrapped.</param>
/// <param name="Sealed">The key that is encrypted.</param>
internal sealed record EncryptedKey(string Version, byte[] Wrapped, byte[] Sealed)
{
    public XElement ToXml() => new(
        "encryptedKey",
        new XElement("vaultKeyVersion", Version),
        new XElement("wrappedKey", Convert.ToBase64String(Wrapped)),
        new XElement("value", Convert.ToBase64String(Sealed)));

    /// <exception cref="FormatException">It is not what <see cref="ToXml"/> writes.</exception>
    public static EncryptedKey Of(XElement element)
    {
        return new(Text("vaultKeyVersion"), Convert.FromBase64String(Text("wrappedKey")), Convert.FromBase64String(Text("value")));

        string Text(string name) => element.Element(name)?.Value ?? throw new FormatException($"It has no <{name}>.");
    }
}

/// <summary>AES-GCM: nonce, ciphertext and tag in a row.</summary>
internal static class SealedBytes
{
    private static readonly (int Nonce, int Tag) Bytes = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);

    public static byte[] Seal(BinaryData plain, byte[] key)
    {
        using var aes = new AesGcm(key, Bytes.Tag);
        var all = new byte[Bytes.Nonce + plain.Length + Bytes.Tag];
        var nonce = all.AsSpan(0, Bytes.Nonce);
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, all.AsSpan(Bytes.Nonce..^Bytes.Tag), all.AsSpan(^Bytes.Tag..));
        return all;
    }

    /// <exception cref="CryptographicException">The bytes were sealed with another key, or are damaged.</exception>
    public static BinaryData Open(byte[] all, byte[] key)
    {
        if (all.Length < Bytes.Nonce + Bytes.Tag)
        {
            throw new CryptographicException("There are too few bytes.");
        }

        using var aes = new AesGcm(key, Bytes.Tag);
        var plain = new byte[all.Length - Bytes.Nonce - Bytes.Tag];
        aes.Decrypt(all.AsSpan(0, Bytes.Nonce), all.AsSpan(Bytes.Nonce..^Bytes.Tag), all.AsSpan(^Bytes.Tag..), plain);
        return new BinaryData(plain);
    }
}
