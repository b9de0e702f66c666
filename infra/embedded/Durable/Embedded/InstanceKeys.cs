using System.Globalization;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// The keys of the hub's rows. All stand in one partition, so that the turns of many instances can share a transaction, and what recovery
/// asks for is a range of keys.
/// </summary>
internal static class InstanceKeys
{
    public const string Partition = "hub";

    // Sorts after every character that a key has behind its prefix.
    private const char Last = '~';

    // A row key has at most 512 characters; the longest prefix and suffix beside an id need 22.
    private const int MaxEscapedLength = 480;

    /// <summary>Whether rows can carry the id.</summary>
    public static bool CanName(string instanceId) => Escape(instanceId).Length <= MaxEscapedLength;

    public static string Instance(string instanceId) => "i|" + Escape(instanceId);

    public static string Work(string instanceId) => "w|" + Escape(instanceId);

    public static string Timer(DateTime due, string instanceId) =>
        string.Create(CultureInfo.InvariantCulture, $"t|{due.Ticks:D19}|{Escape(instanceId)}");

    public static string Page(string instanceId, int execution, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"h|{Escape(instanceId)}|{execution:x8}|{page:x8}");

    public static (string From, string To) Instances(string? idPrefix) => (Instance(idPrefix ?? ""), Instance(idPrefix ?? "") + Last);

    public static (string From, string To) AllWork() => ("w|", "w|" + Last);

    public static (string From, string To) Timers(DateTime after, DateTime until) => (Timer(after, "") + Last, Timer(until, "") + Last);

    /// <summary>The instance that a row key of any kind names.</summary>
    public static string InstanceOf(string rowKey) => Uri.UnescapeDataString(rowKey[(rowKey[0] == 't' ? 22 : 2)..].Replace('!', '%'));

    public static DateTime DueOf(string timerKey) =>
        new(long.Parse(timerKey.AsSpan(2, 19), CultureInfo.InvariantCulture), DateTimeKind.Utc);

    // Table keys may not have / \ # ? nor control characters, and % makes trouble in addresses.
    private static string Escape(string instanceId) => Uri.EscapeDataString(instanceId).Replace('%', '!');
}
