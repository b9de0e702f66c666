using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SocialCard.Functions.Partners;

/// <summary>
/// Standard Webhooks 1.0: HMAC-SHA256 over <c>id.timestamp.body</c>, base64, as <c>v1,…</c>. Several signatures, separated
/// by spaces, and several secrets allow rotation on either side.
/// </summary>
public static class WebhookSignature
{
    private const string Version = "v1,";

    /// <summary>How far a timestamp may be from the time of receipt.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The signature of a message, as the header carries it.</summary>
    /// <param name="secret">The secret, <c>whsec_</c> and base64.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>, Unix seconds.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <exception cref="FormatException">The secret is not <c>whsec_</c> and base64.</exception>
    public static string Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(Compute(secret, id, timestamp, body));

    /// <summary>Whether one of the signatures was made with one of the secrets; takes the same time for every wrong one.</summary>
    public static bool IsValid(IEnumerable<string> secrets, string id, string timestamp, ReadOnlySpan<byte> body, string signatures)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(signatures);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var candidates = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var valid = false;
        foreach (var secret in secrets)
        {
            var expected = Compute(secret, id, timestamp, body);
            foreach (var candidate in candidates)
            {
                valid |= candidate.StartsWith(Version, StringComparison.Ordinal)
                    && Convert.TryFromBase64String(candidate[Version.Length..], given, out var length)
                    && CryptographicOperations.FixedTimeEquals(given[..length], expected);
            }
        }

        return valid;
    }

    /// <summary>Whether a timestamp is within the tolerance of the time.</summary>
    public static bool IsFresh(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(seconds - now.ToUnixTimeSeconds()) <= Tolerance.TotalSeconds;

    private static byte[] Compute(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, WebhookSecret.BytesOf(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
