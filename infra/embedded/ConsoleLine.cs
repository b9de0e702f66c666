namespace SocialCard.Embedded;

/// <summary>The console gets one line a fault, whatever the message that came with it.</summary>
internal static class ConsoleLine
{
    /// <summary>The first line; what follows it in a storage client's message are headers.</summary>
    public static string Of(string message) => message.Split('\r', '\n')[0];

    /// <summary>All of a message of several lines, for one that has no lines to spare.</summary>
    public static string Joined(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
