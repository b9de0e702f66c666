using System.Text.Json;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Migration;

/// <summary>
/// What a card of version 1.0 knew of its holder: on its row, and, of who told what when, on its timeline. A move took the card along,
/// and the row kept the region that had issued it.
/// </summary>
/// <param name="Card">The card as it is read today.</param>
/// <param name="IssuedIn">Where it was issued.</param>
/// <param name="Facts">What its timeline tells of its holder.</param>
internal sealed record CardBefore(Card Card, string IssuedIn, IReadOnlyList<TimelineEntry> Facts)
{
    private const string Registered = "registered";
    private const string Ended = "holderEnded";
    private const string Renamed = "holderRenamed";
    private const string Corrected = "holderIdCorrected";
    private const string Moved = "moved";

    /// <summary>Which lines of the timeline tell of the holder.</summary>
    public static bool Tells(TimelineEntry entry) => entry.Type is Registered or Ended or Renamed or Corrected or Moved;

    /// <summary>Where a row says that its card was issued.</summary>
    public static string IssuedInOf(string state)
    {
        using var card = JsonDocument.Parse(state);
        return card.RootElement.TryGetProperty("civil", out var civil) && civil.TryGetProperty("issuedIn", out var issued)
            && issued.ValueKind is JsonValueKind.String
                ? issued.GetString()!
                : card.RootElement.GetProperty("regionCode").GetString()!;
    }

    /// <summary>What becomes its holder's.</summary>
    public Adoption ToAdoption() => new(
        new(
            Card.Number,
            IssuedIn,
            Card.BankId,
            Facts.FirstOrDefault(entry => entry.Type == Registered)?.At ?? Card.Social.Since,
            Card.Replaces),
        Card.Civil.Ended is { } reason && FactOf(Ended) is { } end ? new(reason, end.OccurredOn, end.ReportedBy) : null,
        FactOf(Renamed),
        FactOf(Corrected),
        IssuedIn != Card.RegionCode && FactOf(Moved) is { } moved ? new(Card.RegionCode, moved.OccurredOn, moved.ReportedBy) : null,
        Card.KnownReferrals);

    private HolderFact? FactOf(string type) => Facts.LastOrDefault(entry => entry.Type == type) is { } entry
        ? JsonSerializer.Deserialize<HolderFact>(entry.Details, SocialCardJson.Options) : null;
}
