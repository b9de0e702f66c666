using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace SocialCard.Functions.Statistics;

/// <summary>
/// The statistics, a row a day and province and one for the country, of days on which something happened. A day is counted from what
/// happened on it and from the day before, so counting it again comes to the same; who died over it is made up for by the next run.
/// </summary>
public sealed class DailyStatistics(TableServiceClient tables, StatisticsFacts facts)
{
    /// <summary>The table of the days.</summary>
    public const string Table = "StatisticsDays";

    /// <summary>The whole country, where a province stands else.</summary>
    public const string Country = "00";

    private const string Figures = "Figures";
    private const int LastDay = 99_999_999;

    private readonly TableClient rows = tables.GetTableClient(Table);

    /// <summary>Days of a province or the country, earliest first; one read.</summary>
    public async Task<IReadOnlyList<DayFigures>> ReadAsync(
        string province, DateOnly from, DateOnly until, CancellationToken cancellation)
    {
        var (newest, oldest) = (KeyOf(until), KeyOf(from));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {province} and RowKey ge {newest} and RowKey le {oldest}");
        var found = await rows.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).Select(Read).ToListAsync(cancellation);
        found.Reverse();
        return found;
    }

    /// <summary>Counts the days from one on, and before another, on which something happened.</summary>
    /// <returns>How many days.</returns>
    public async Task<int> CountAsync(DateOnly from, DateOnly before, CancellationToken cancellation)
    {
        var days = 0;
        for (var last = from.AddDays(-1);
            await facts.NextDayAsync(last, cancellation) is { } day && day < before;
            last = day, days++)
        {
            var happened = await facts.ReadAsync(day, cancellation).ToListAsync(cancellation);
            var provinces = happened.GroupBy(fact => fact.Province)
                .Select(group => (Name: group.Key, Happened: (IReadOnlyList<StatisticsFact>)[.. group]));
            foreach (var (name, counted) in provinces.Append((Country, happened)))
            {
                var figures = DayFigures.Of(day, await BeforeAsync(name, day, cancellation), counted);
                var row = new TableEntity(name, KeyOf(day)) { [Figures] = JsonSerializer.Serialize(figures, SocialCardJson.Compact) };
                await rows.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
            }
        }

        return days;
    }

    /// <summary>The last day that was counted; null if none was. One read.</summary>
    public async Task<DateOnly?> LastDayAsync(CancellationToken cancellation) =>
        (await BeforeAsync(Country, DateOnly.MaxValue, cancellation))?.Day;

    private async Task<DayFigures?> BeforeAsync(string province, DateOnly day, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {province} and RowKey gt {KeyOf(day)}");
        await foreach (var row in rows.QueryAsync<TableEntity>(filter, 1, cancellationToken: cancellation))
        {
            return Read(row);
        }

        return null;
    }

    private static DayFigures Read(TableEntity row) =>
        JsonSerializer.Deserialize<DayFigures>(row.GetString(Figures), SocialCardJson.Options)!;

    // The newest first, so that the day before is the next row.
    private static string KeyOf(DateOnly day) => (LastDay - int.Parse(
        day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).ToString("D8", CultureInfo.InvariantCulture);
}

/// <summary>The figures of a day.</summary>
/// <param name="Day">The local day in China.</param>
/// <param name="Cards">How many cards there were at its end, by status.</param>
/// <param name="Activations">How many cards had the social-security application enabled, by channel.</param>
/// <param name="Activated">How many cards were activated as their region asks.</param>
/// <param name="MeanDaysToActivation">How many days after the receipt, on average; null where none was.</param>
/// <param name="Expiries">How many passed their deadline.</param>
/// <param name="NewCards">How many new cards were ready in the place of others.</param>
/// <param name="MeanLeadDays">How many days after the application, on average; null where none was.</param>
public sealed record DayFigures(
    DateOnly Day,
    IReadOnlyList<StatusCount> Cards,
    IReadOnlyList<ChannelCount> Activations,
    int Activated,
    double? MeanDaysToActivation,
    int Expiries,
    int NewCards,
    double? MeanLeadDays)
{
    internal static DayFigures Of(DateOnly day, DayFigures? before, IReadOnlyList<StatisticsFact> facts)
    {
        var cards = (before?.Cards ?? []).ToDictionary(count => count.Status, count => count.Cards);
        foreach (var fact in facts.Where(fact => fact.From != fact.To))
        {
            cards[fact.To] = cards.GetValueOrDefault(fact.To) + 1;
            if (fact.From is { } from)
            {
                cards[from] = cards.GetValueOrDefault(from) - 1;
            }
        }

        var activated = facts.Select(fact => fact.DaysToActivation).OfType<double>().ToList();
        var lead = facts.Select(fact => fact.LeadDays).OfType<double>().ToList();
        return new(
            day,
            [.. cards.OrderBy(count => count.Key).Select(count => new StatusCount(count.Key, count.Value))],
            [
                .. facts.Select(fact => fact.Channel).OfType<ServiceChannel>().GroupBy(channel => channel).OrderBy(group => group.Key)
                    .Select(group => new ChannelCount(group.Key, group.Count())),
            ],
            activated.Count,
            activated.Count == 0 ? null : activated.Average(),
            facts.Count(fact => fact.HasExpired),
            lead.Count,
            lead.Count == 0 ? null : lead.Average());
    }
}

/// <summary>How many cards have a status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Cards">How many.</param>
public sealed record StatusCount(CardStatus Status, int Cards);

/// <summary>How many cards were enabled on a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Cards">How many.</param>
public sealed record ChannelCount(ServiceChannel Channel, int Cards);
