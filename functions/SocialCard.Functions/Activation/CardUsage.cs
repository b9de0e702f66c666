namespace SocialCard.Functions.Activation;

/// <summary>A report of a card's use.</summary>
/// <param name="MessageId">The same for every delivery of the report.</param>
/// <param name="PartnerId">The hospital or pharmacy.</param>
/// <param name="CardNumber">The card.</param>
/// <param name="Occasion">On which occasion.</param>
/// <param name="OccurredAt">When.</param>
public sealed record CardUsage(
    MessageId MessageId, string PartnerId, CardNumber CardNumber, UsageOccasion Occasion, DateTimeOffset OccurredAt)
{
    /// <summary>Reads a report.</summary>
    /// <exception cref="InvalidUsageException">It is not of the expected form.</exception>
    public static Received<CardUsage> Parse(string message) =>
        Received.Read<CardUsage>(message, fault => new InvalidUsageException(fault));
}

/// <summary>A report that cannot be used; the message says why and holds no personal data.</summary>
public sealed class InvalidUsageException(string message) : Exception(message);
