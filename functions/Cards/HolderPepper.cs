using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace SocialCard.Cards;

/// <summary>
/// The key of the holder hash. It comes from the setting <c>Keys:HolderPepper</c> (base64, 32 bytes or more; in Azure a
/// Key Vault reference), or, on one machine, from the file <c>holder-pepper</c> in <c>Keys:Directory</c>, which is made on
/// first use. Whoever loses it can no longer find holders by their ID number, so it is backed up with the tables.
/// </summary>
public sealed class HolderPepper
{
    private const int Bytes = 32;

    /// <summary>Reads the pepper from the configuration or from its file.</summary>
    /// <exception cref="InvalidOperationException">Neither is configured, or the value is too short.</exception>
    public HolderPepper(IConfiguration configuration)
    {
        Value = configuration["Keys:HolderPepper"] is { Length: > 0 } setting ? Convert.FromBase64String(setting)
            : configuration["Keys:Directory"] is { Length: > 0 } directory ? FromFile(Path.Combine(directory, "holder-pepper"))
            : throw new InvalidOperationException("Set Keys:HolderPepper, or Keys:Directory for keys in files.");
        if (Value.Length < Bytes)
        {
            throw new InvalidOperationException($"The holder pepper must have at least {Bytes} bytes.");
        }
    }

    internal byte[] Value { get; }

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
                // Another process was first; its pepper is the one.
                File.Delete(draft);
            }
        }

        return Convert.FromBase64String(File.ReadAllText(path));
    }
}
