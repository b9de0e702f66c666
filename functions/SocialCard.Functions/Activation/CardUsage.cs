using System.Text.Json;

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
    public static CardUsage Parse(string message)
    {
        try
        {
            return JsonSerializer.Deserialize<CardUsage>(message, SocialCardJson.Strict)
                ?? throw new InvalidUsageException("The message is empty.");
        }
        catch (TextFault fault)
        {
            throw new InvalidUsageException($"The message is not of the expected form at {fault.Path}: {fault.Expected}");
        }
        catch (JsonException failure)
        {
            throw new InvalidUsageException($"The message is not of the expected form at {failure.Path}.");
        }
    }
}

/// <summary>A report that cannot be used; the message says why and holds no personal data.</summary>
public sealed class InvalidUsageException(string message) : Exception(message);
