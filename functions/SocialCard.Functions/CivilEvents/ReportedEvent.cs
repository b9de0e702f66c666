namespace SocialCard.Functions.CivilEvents;

/// <summary>An event as it was told.</summary>
/// <param name="Message">The message.</param>
/// <param name="HolderId">The person.</param>
/// <param name="NewValue">The new name or ID number: personal data, in memory only.</param>
/// <param name="RequestHash">Keyed hash of the request; null for a message of the queue.</param>
/// <param name="IsDone">Whether it is carried out.</param>
public sealed record ReportedEvent(
    CivilEventMessage Message, string HolderId, string? NewValue = null, string? RequestHash = null, bool IsDone = false)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"civil event ({Message.Kind})";
}
