namespace SocialCard.Functions.Activation;

/// <summary>A report of a card's use.</summary>
/// <param name="MessageId">The same for every delivery of the report.</param>
/// <param name="PartnerId">The hospital or pharmacy.</param>
/// <param name="Occasion">On which occasion.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="CardNumber">The card.</param>
/// <param name="TemporaryCardId">The number of the temporary card that was used in place of a card.</param>
public sealed record CardUsage(
    [property: JsonPropertyOrder(-1)] MessageId MessageId,
    [property: JsonPropertyOrder(-1)] string PartnerId,
    UsageOccasion Occasion,
    DateTimeOffset OccurredAt,
    [property: JsonPropertyOrder(-1)] CardNumber? CardNumber = null,
    string? TemporaryCardId = null)
{
    /// <summary>The card that notes it: for a temporary card, the one whose successor is under way.</summary>
    [JsonIgnore]
    public CardNumber NotedBy => CardNumber ?? Domain.Cards.TemporaryCardId.CardOf(TemporaryCardId!)!.Value;

    /// <summary>Reads a report.</summary>
    /// <exception cref="InvalidUsageException">It is not of the expected form.</exception>
    public static Received<CardUsage> Parse(string message)
    {
        var received = Received.Read<CardUsage>(message, fault => new InvalidUsageException(fault));
        var (number, temporary) = (received.Value.CardNumber, received.Value.TemporaryCardId);
        return (number is null) == (temporary is null)
            ? throw new InvalidUsageException("cardNumber: A report names a card or a temporary card.")
            : temporary is not null && Domain.Cards.TemporaryCardId.CardOf(temporary) is null
            ? throw new InvalidUsageException("temporaryCardId: The number of a temporary card begins with that of its card and a hyphen.")
            : received;
    }
}

/// <summary>A report that cannot be used; the message says why and holds no personal data.</summary>
public sealed class InvalidUsageException(string message) : Exception(message);
