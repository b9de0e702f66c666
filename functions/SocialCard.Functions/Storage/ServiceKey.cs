using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace SocialCard.Functions.Storage;

/// <summary>
/// A secret of the service that is kept outside the tables, so that what they hold is of no use without it: from the
/// setting <c>Keys:{Name}</c> (base64, 32 bytes or more; in Azure a Key Vault reference), or, on one machine, from a file
/// of that name in <c>Keys:Directory</c>, which is made on first use. It is backed up with the tables.
/// </summary>
public abstract class ServiceKey
{
    private const int Bytes = 32;

    private readonly byte[] value;

    /// <summary>Reads the key from the configuration or from its file.</summary>
    /// <exception cref="InvalidOperationException">Neither is configured, or the value is too short.</exception>
    protected ServiceKey(IConfiguration configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        value = configuration[$"Keys:{name}"] is { Length: > 0 } setting ? Convert.FromBase64String(setting)
            : configuration["Keys:Directory"] is { Length: > 0 } directory ? FromFile(Path.Combine(directory, name))
            : throw new InvalidOperationException($"Set Keys:{name}, or Keys:Directory for keys in files.");
        if (value.Length < Bytes)
        {
            throw new InvalidOperationException($"Keys:{name} must have at least {Bytes} bytes.");
        }
    }

    /// <summary>HMAC-SHA256 of bytes under the key.</summary>
    public byte[] Hash(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(value, bytes);

    private static byte[] FromFile(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = $"{path}.{Environment.ProcessId}";
            File.WriteAllText(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was first; its key is the one.
                File.Delete(draft);
            }
        }

        return Convert.FromBase64String(File.ReadAllText(path));
    }
}

/// <summary>The key of the hash by which holders are found (<c>Keys:HolderPepper</c>).</summary>
public sealed class HolderPepper(IConfiguration configuration) : ServiceKey(configuration, "HolderPepper");

/// <summary>
/// The key of the hash by which a repeated request is told from another under the same id (<c>Keys:RequestKey</c>). Requests
/// hold ID numbers and passwords, which an unkeyed hash of so few possibilities would give away.
/// </summary>
public sealed class RequestKey(IConfiguration configuration) : ServiceKey(configuration, "RequestKey");
