namespace SocialCard.Functions.Webhooks;

/// <summary>What came of a webhook.</summary>
public enum DeliveryOutcome
{
    /// <summary>It was taken, now or before.</summary>
    Taken,

    /// <summary>It was refused: its proof, its form, or what it says.</summary>
    Refused,

    /// <summary>It was proven, and could not be taken through a fault of the service or its storage.</summary>
    Failed,
}

/// <summary>A webhook as the log keeps it: all tries under one id are one delivery. Of its body there is a keyed hash.</summary>
/// <param name="Id">Names it in the log.</param>
/// <param name="BankId">The bank whose address it came to.</param>
/// <param name="WebhookId">The id that it came with; null where that is no text to be shown.</param>
/// <param name="IsProven">Whether its signature held.</param>
/// <param name="Type">What it tells of; null where it was not read.</param>
/// <param name="ReceivedAt">When it was last tried.</param>
/// <param name="FirstAt">When it was tried first.</param>
/// <param name="Outcome">What came of it the last time.</param>
/// <param name="Status">With what it was answered.</param>
/// <param name="Reason">The code of the problem; null where there was none.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="BodyHash">The keyed hash of its body: equal for equal bodies, and it tells nothing else.</param>
/// <param name="RetakenBy">Who had it taken again; null where nobody did.</param>
public sealed record WebhookDelivery(
    string Id,
    string BankId,
    string? WebhookId,
    bool IsProven,
    string? Type,
    DateTimeOffset ReceivedAt,
    DateTimeOffset FirstAt,
    DeliveryOutcome Outcome,
    int Status,
    string? Reason,
    int Attempts,
    string BodyHash,
    string? RetakenBy = null);
