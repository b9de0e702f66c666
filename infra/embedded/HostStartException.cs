namespace SocialCard.Embedded;

/// <summary>The host cannot start; the message is one line for the person at the console.</summary>
public sealed class HostStartException : Exception
{
    /// <summary>The host cannot start for the reason <paramref name="message"/> gives.</summary>
    public HostStartException(string message)
        : base(message)
    {
    }

    /// <summary>The host cannot start for the reason <paramref name="message"/> gives; <paramref name="innerException"/> is its cause.</summary>
    public HostStartException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The host cannot start.</summary>
    public HostStartException()
    {
    }
}
