using SocialCard.Functions.People;

namespace SocialCard.Functions.Inquiries;

/// <summary>Body of an inquiry.</summary>
/// <param name="QueryPassword">The query password of the card in use.</param>
/// <param name="Topics">What is asked.</param>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {
///   "idNumber": "140105199405045856", "queryPassword": "739150",
///   "topics": ["card", "password", "loss", "reissue", "family", "contributions"], "channel": "online"
/// }
/// </example>
public sealed record InquiryRequest(string QueryPassword, IReadOnlyList<InquiryTopic> Topics, ServiceChannel Channel) : IdentityRequest
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"inquiry ({Channel})";
}
