using System.Text.Json;
using SocialCard.Functions.Cards;

namespace SocialCard.Functions.Verifications;

/// <summary>
/// Which agencies have checked cards, read from the cards' timelines: nothing of it is kept twice, and nothing of it in the card.
/// </summary>
public sealed class VerificationHistory(CardRepository cards, TimeProvider clock)
{
    private const int Most = 100;
    private const int Years = 1;

    /// <summary>The latest verifications of cards within a year, a hundred at most, newest first; one read a card.</summary>
    /// <param name="numbers">The cards.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<VerificationView>> ReadAsync(IEnumerable<CardNumber> numbers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var latest = new PriorityQueue<VerificationView, DateTimeOffset>();
        foreach (var number in numbers)
        {
            var lines = cards.ReadTimelineAsync(number.Value, CardVerified.EventType, clock.GetUtcNow().AddYears(-Years), cancellation);
            await foreach (var line in lines)
            {
                latest.Enqueue(VerificationView.Of(number, line), line.At);
                if (latest.Count > Most)
                {
                    latest.Dequeue();
                }
            }
        }

        return [.. latest.UnorderedItems.Select(item => item.Element).OrderByDescending(verified => verified.At)];
    }
}

/// <summary>A verification as the holder learns of it.</summary>
/// <param name="CardNumber">The card that was shown.</param>
/// <param name="Agency">The id of the agency that asked.</param>
/// <param name="Service">For which service.</param>
/// <param name="Usable">Whether the card was usable.</param>
/// <param name="At">When.</param>
public sealed record VerificationView(CardNumber CardNumber, string Agency, PublicService Service, bool Usable, DateTimeOffset At)
{
    internal static VerificationView Of(CardNumber number, TimelineEntry line)
    {
        var verified = JsonSerializer.Deserialize<CardVerified>(line.Details, SocialCardJson.Options)!;
        return new(number, line.By, verified.Service, verified.Usable, line.At);
    }
}
