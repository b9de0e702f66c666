using SocialCard.Functions.People;

namespace SocialCard.Functions.Inquiries;

/// <summary>Body of an inquiry.</summary>
/// <param name="QueryPassword">The query password that he set, on whichever of his cards.</param>
/// <param name="Topics">What is asked.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="Name">His name, where others have the document's number too.</param>
/// <param name="CardNumber">One of his cards, where others have the document's number too.</param>
/// <example>
/// {
///   "idNumber": "140105199405045856", "queryPassword": "739150",
///   "topics": [
///     "card", "password", "loss", "reissue", "family", "contributions", "electronicCards", "verifications"
///   ], "channel": "online"
/// }
/// </example>
public sealed record InquiryRequest(
    string QueryPassword,
    IReadOnlyList<InquiryTopic> Topics,
    ServiceChannel Channel,
    PersonName? Name = null,
    CardNumber? CardNumber = null) : IdentityRequest
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"inquiry ({Channel})";
}
