namespace SocialCard.Embedded;

/// <summary>The console gets one line a fault, whatever the message that came with it.</summary>
internal static class ConsoleLine
{
    public static string Of(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}
