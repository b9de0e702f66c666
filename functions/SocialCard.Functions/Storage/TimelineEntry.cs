using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

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
    public string Hash { get; } = HashOf(Sequence, Type, At.UtcDateTime, By, Details, PreviousHash);

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

    // Of every line that is written and read: without a copy of its text.
    private static string HashOf(long sequence, string type, DateTime at, string by, string details, string previousHash)
    {
        const int numberAndInstant = 64;
        var text = ArrayPool<byte>.Shared.Rent(
            Encoding.UTF8.GetMaxByteCount(previousHash.Length + type.Length + by.Length + details.Length) + numberAndInstant);
        try
        {
            Utf8.TryWrite(
                text, CultureInfo.InvariantCulture, $"{previousHash}\n{sequence}\n{at:O}\n{type}\n{by}\n{details}", out var length);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(text.AsSpan(0, length), hash);
            return Convert.ToHexStringLower(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
