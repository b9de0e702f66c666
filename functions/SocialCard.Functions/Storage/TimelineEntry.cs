using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SocialCard.Functions.Storage;

/// <summary>
/// One line of a card's history, append-only. Each line carries the SHA-256 of the line before it and the card's row that
/// of the last line, so a line that is changed, removed or slipped in later breaks the chain.
/// </summary>
/// <param name="Sequence">1 for the card's first event.</param>
/// <param name="Type">The event's name.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">The partner that caused it, or <c>system</c>.</param>
/// <param name="Details">The event's details, as JSON.</param>
/// <param name="PreviousHash">The hash of the line before; 64 zeros for the first.</param>
public sealed record TimelineEntry(long Sequence, string Type, DateTimeOffset At, string By, string Details, string PreviousHash)
{
    /// <summary>What the first line carries as the hash of the line before.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>The SHA-256 of the line over all of its fields, in hexadecimal.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        PreviousHash,
        Sequence.ToString(CultureInfo.InvariantCulture),
        At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        Type,
        By,
        Details))));

    /// <summary>Whether the lines are a whole history that ends at a hash.</summary>
    /// <param name="entries">All lines of a card, oldest first.</param>
    /// <param name="head">The hash that the card's row carries.</param>
    public static bool IsWhole(IEnumerable<TimelineEntry> entries, string head)
    {
        var (sequence, hash) = (0L, Genesis);
        foreach (var entry in entries)
        {
            if (entry.Sequence != ++sequence || entry.PreviousHash != hash)
            {
                return false;
            }

            hash = entry.Hash;
        }

        return hash == head;
    }
}
