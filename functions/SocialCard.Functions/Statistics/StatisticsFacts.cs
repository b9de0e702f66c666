using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace SocialCard.Functions.Statistics;

/// <summary>What a change of a card comes to in the statistics.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Province">Where it was issued: the first two digits of the region.</param>
/// <param name="Day">The local day in China.</param>
/// <param name="From">The status before; null for a new card.</param>
/// <param name="To">The status after.</param>
/// <param name="Channel">Where the social-security application was enabled; null where it was not.</param>
/// <param name="DaysToActivation">How many days after the receipt the card was activated; null where it was not.</param>
/// <param name="HasExpired">Whether the deadline has passed.</param>
/// <param name="LeadDays">How many days after the application a new card was ready; null where none was.</param>
public sealed record StatisticsFact(
    string CardNumber,
    string Province,
    DateOnly Day,
    CardStatus? From,
    CardStatus To,
    ServiceChannel? Channel,
    double? DaysToActivation,
    bool HasExpired,
    double? LeadDays);

/// <summary>Tells the statistics of what counts in them.</summary>
public sealed class StatisticsHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        var fact = new StatisticsFact(
            after.Number.Value,
            after.RegionCode[..2],
            ChinaTime.DateOf(now),
            before?.Status,
            after.Status,
            events.OfType<SocialActivated>().FirstOrDefault()?.Channel,
            events.OfType<ActivationCompleted>().Any() && after is { ReceivedOn: { } received, ActivatedAt: { } activated }
                ? Math.Max(0, (activated - ChinaTime.StartOf(received)).TotalDays) : null,
            events.OfType<ActivationExpired>().Any(),
            events.OfType<NewCardReady>().Any() && after.Reissue is { ReadyAt: { } ready, FiledAt: var filed }
                ? (ready - filed).TotalDays : null);
        return before?.Status == after.Status
            && fact is { Channel: null, DaysToActivation: null, HasExpired: false, LeadDays: null } ? []
            : [OutboxMessage.Project(StatisticsFacts.Table, fact)];
    }
}

/// <summary>
/// What happened each day, a row a change of a card: the same change is the same row, however often it is told. The days are counted
/// from these rows.
/// </summary>
public sealed class StatisticsFacts(TableServiceClient tables) : IProjection
{
    /// <summary>The table of what happened.</summary>
    public const string Table = "StatisticsFacts";

    private const string DayForm = "yyyyMMdd";

    private readonly TableClient rows = tables.GetTableClient(Table);

    string IProjection.Name => Table;

    /// <summary>The first day after another on which something happened; null if there is none. One read.</summary>
    public async Task<DateOnly?> NextDayAsync(DateOnly after, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {PartitionOf(after)}");
        await foreach (var row in rows.QueryAsync<TableEntity>(filter, 1, [nameof(ITableEntity.PartitionKey)], cancellation))
        {
            return DateOnly.ParseExact(row.PartitionKey, DayForm, CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>What happened on a day.</summary>
    public IAsyncEnumerable<StatisticsFact> ReadAsync(DateOnly day, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionOf(day)}");
        return rows.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)
            .Select(row => JsonSerializer.Deserialize<StatisticsFact>(row.GetString("Fact"), SocialCardJson.Options)!);
    }

    /// <summary>Counts a card that was there before there were statistics, as of a day.</summary>
    public Task BeginAsync(Card card, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(card);
        var fact = new StatisticsFact(
            card.Number.Value, card.RegionCode[..2], day, null, card.Status, null, null, HasExpired: false, null);
        return WriteAsync(fact, $"{card.Number}-initial", cancellation);
    }

    Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var fact = JsonSerializer.Deserialize<StatisticsFact>(standing, SocialCardJson.Options)!;
        return WriteAsync(fact, string.Create(CultureInfo.InvariantCulture, $"{fact.CardNumber}-{sequence:D10}"), cancellation);
    }

    private async Task WriteAsync(StatisticsFact fact, string key, CancellationToken cancellation)
    {
        var row = new TableEntity(PartitionOf(fact.Day), key) { ["Fact"] = JsonSerializer.Serialize(fact, SocialCardJson.Compact) };
        await rows.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private static string PartitionOf(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);
}
