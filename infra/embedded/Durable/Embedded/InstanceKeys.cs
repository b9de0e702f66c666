using System.Globalization;
using System.Text;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// The keys of the hub's rows. All stand in one partition, so that the turns of many instances can share a transaction, and what recovery
/// asks for is a range of keys.
/// </summary>
internal static class InstanceKeys
{
    public const string Partition = "hub";

    // Sorts after every character that a row key of an instance has behind its prefix.
    private const char Last = '\uFFFD';

    // A row key has at most 512 characters; the longest prefix and suffix beside an id need 22.
    private const int MaxEscapedLength = 480;

    /// <summary>Whether rows can carry the id.</summary>
    public static bool CanName(string instanceId) => Escape(instanceId).Length <= MaxEscapedLength;

    public static string Instance(string instanceId) => $"i|{Escape(instanceId)}";

    public static string Work(string instanceId) => $"w|{Escape(instanceId)}";

    public static string Timer(DateTime due, string instanceId)
        => string.Create(CultureInfo.InvariantCulture, $"t|{due.Ticks:D19}|{Escape(instanceId)}");

    public static string Page(string instanceId, int execution, int page)
        => string.Create(CultureInfo.InvariantCulture, $"h|{Escape(instanceId)}|{execution:x8}|{page:x8}");

    public static (string From, string To) Instances(string? idPrefix)
        => (Instance(idPrefix ?? string.Empty), $"{Instance(idPrefix ?? string.Empty)}{Last}");

    public static (string From, string To) AllWork() => ("w|", $"w|{Last}");

    public static (string From, string To) TimersUntil(DateTime due)
        => ("t|", string.Create(CultureInfo.InvariantCulture, $"t|{due.Ticks:D19}|{Last}"));

    /// <summary>The instance that a row key of any kind names.</summary>
    public static string InstanceOf(string rowKey) => rowKey[0] switch
    {
        'i' or 'w' => Unescape(rowKey.AsSpan(2)),
        't' => Unescape(rowKey.AsSpan(22)),
        _ => throw new FormatException($"Row key '{rowKey}' names no instance."),
    };

    public static DateTime DueOf(string timerKey) => new(long.Parse(timerKey.AsSpan(2, 19), CultureInfo.InvariantCulture), DateTimeKind.Utc);

    // Table keys may not have / \ # ? nor control characters; % makes trouble in addresses and | parts the keys.
    private static string Escape(string instanceId)
    {
        StringBuilder escaped = new(instanceId.Length);
        foreach (char letter in instanceId)
        {
            if (letter is '/' or '\\' or '#' or '?' or '%' or '|' or '!' || char.IsControl(letter))
                escaped.Append(CultureInfo.InvariantCulture, $"!{(int)letter:x4}");
            else
                escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private static string Unescape(ReadOnlySpan<char> escaped)
    {
        StringBuilder plain = new(escaped.Length);
        for (int index = 0; index < escaped.Length; index++)
        {
            if (escaped[index] == '!')
            {
                plain.Append((char)int.Parse(escaped.Slice(index + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                index += 4;
            }
            else
            {
                plain.Append(escaped[index]);
            }
        }

        return plain.ToString();
    }
}
