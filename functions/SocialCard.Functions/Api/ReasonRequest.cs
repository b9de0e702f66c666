namespace SocialCard.Functions.Api;

/// <summary>Body of what is done for a reason.</summary>
/// <param name="Reason">Why; it is kept on a timeline, so it names no person.</param>
/// <example>
/// {"reason": "sent twice by the gateway"}
/// </example>
public sealed record ReasonRequest(Reason Reason);
