namespace SocialCard.Embedded;

/// <summary>The host cannot start; the message is one line for the person at the console.</summary>
internal sealed class HostStartException(string message, Exception? cause = null) : Exception(message, cause);
