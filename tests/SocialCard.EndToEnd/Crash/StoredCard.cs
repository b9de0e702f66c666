using System.Globalization;
using Azure.Data.Tables;
using SocialCard.Domain.Cards;
using SocialCard.Functions.Storage;

namespace SocialCard.EndToEnd.Crash;

/// <summary>A card's partition of table Cards, read past the service.</summary>
internal sealed record StoredCard(string Head, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<string> Outbox)
{
    public static async Task<Dictionary<string, StoredCard>> ReadAllAsync(string connection)
    {
        var rows = await StorageContents.RowsAsync(connection, Card.Table);
        return rows.GroupBy(row => row.PartitionKey).ToDictionary(card => card.Key, card => new StoredCard(
            card.Single(row => row.RowKey == "card-" + card.Key).GetString("Head")!,
            [.. card.Where(row => row.RowKey.StartsWith("event-", StringComparison.Ordinal)).Select(EntryOf)],
            [.. card.Where(row => row.RowKey.StartsWith("out-", StringComparison.Ordinal)).Select(row => row.RowKey)]));
    }

    private static TimelineEntry EntryOf(TableEntity row) => new(
        long.Parse(row.RowKey.AsSpan("event-".Length, 10), CultureInfo.InvariantCulture),
        row.GetString("Type")!,
        row.GetDateTimeOffset("At")!.Value,
        row.GetString("By")!,
        row.GetString("Details")!,
        row.GetString("PreviousHash")!);
}
