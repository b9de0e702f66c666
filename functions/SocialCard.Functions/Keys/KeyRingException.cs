using System.Security.Cryptography;
using System.Xml;
using Azure;

namespace SocialCard.Functions.Keys;

/// <summary>
/// The key ring cannot be used as it is, whole; the message is one line. A <see cref="CryptographicException"/>, which Data Protection
/// hands on as it is.
/// </summary>
public sealed class KeyRingException : CryptographicException
{
    /// <summary>A ring that is read but not as it should be.</summary>
    /// <param name="message">One line.</param>
    public KeyRingException(string message)
        : base(message)
    {
    }

    /// <summary>A ring that something else keeps from being read.</summary>
    /// <param name="what">What cannot be done.</param>
    /// <param name="cause">Why not.</param>
    public KeyRingException(string what, Exception cause)
        : base($"{what}: {ReasonOf(cause)}", cause)
    {
    }

    private static string ReasonOf(Exception cause) => cause switch
    {
        RequestFailedException { Status: > 0 } refused => $"{refused.ErrorCode ?? "the answer is"} ({refused.Status}).",
        AggregateException { InnerExceptions: [var first, ..] } => ReasonOf(first),
        XmlException => $"it is damaged; {FirstLineOf(cause)}",
        { InnerException: { } inner } and RequestFailedException => ReasonOf(inner),
        _ => FirstLineOf(cause),
    };

    private static string FirstLineOf(Exception cause) => cause.Message.Split(['\r', '\n'], 2)[0];
}
