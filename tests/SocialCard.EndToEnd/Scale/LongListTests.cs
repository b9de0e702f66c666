using System.Diagnostics;
using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using SocialCard.EndToEnd.Api;
using SocialCard.Functions.Waits;
using SocialCard.Functions.WorkItems;
using Xunit.Abstractions;

namespace SocialCard.EndToEnd.Scale;

/// <summary>A page of a list costs the same wherever it lies, and however long the list is.</summary>
public sealed class LongListTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Cards = 100_000;
    private const int Page = 100;
    private const int MostReads = 2;
    private const int RowsOfTransaction = 100;
    private const int Writers = 4;

    private static readonly DateTimeOffset Beginning = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private Azurite azurite = null!;
    private StorageProxy storage = null!;
    private Service service = null!;

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        storage = await StorageProxy.StartAsync(azurite);
        service = await Service.StartOnAsync(storage.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await storage.DisposeAsync();
        await azurite.DisposeAsync();
    }

    [Theory]
    [InlineData(WorkItemList.Table, "region3202|", "work-items?kind=unclaimedCard&limit=100")]
    [InlineData(WaitList.Table, "region3202|waiting|activation|", "operations/workflows?kind=activation")]
    public async Task A_list_of_a_hundred_thousand_cards_is_read_in_pages_of_two_reads_at_most(string table, string list, string address)
    {
        var bureau = new Caller(service, "local-bureau-wuxi-key");
        var (number, _) = await EndToEnd.Cards.RegisteredAsync(bureau, "320200");
        if (table == WaitList.Table)
        {
            (await bureau.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        }

        Assert.Equal([number], CardsOf(await bureau.GetAsync(address)));
        var cursors = await LengthenAsync(new(azurite.ConnectionString, table), list, number);

        foreach (var seen in new[] { 1, Cards / 2, Cards - Page })
        {
            var (calls, watch) = (storage.AllCalls.Count, Stopwatch.StartNew());
            var page = await bureau.GetAsync($"{address}&after={cursors[seen - 1]}");
            var reads = storage.AllCalls.Skip(calls).Count(call => call.Path.StartsWith(table, StringComparison.Ordinal));
            output.WriteLine($"{table}: the {Page} after {seen} in {reads} reads, {watch.Elapsed.TotalMilliseconds:0} ms");

            Assert.InRange(reads, 1, MostReads);
            Assert.Equal(Enumerable.Range(seen, Page).Select(NumberOf), CardsOf(page));
        }
    }

    private static IEnumerable<string> CardsOf(Answer page) => page.Expect(HttpStatusCode.OK).Body!["items"]!.AsArray()
        .Select(item => (string)(item!["cardNumber"] ?? item["subject"]!["key"])!);

    private static string NumberOf(int card) => string.Create(CultureInfo.InvariantCulture, $"L{card:D8}");

    /// <summary>Puts more cards on a list, each with a row like that of the one that is there, one card a second.</summary>
    /// <returns>The cursors of the new ones, in the order of the list.</returns>
    private async Task<IReadOnlyList<string>> LengthenAsync(TableClient table, string list, string number)
    {
        var pattern = await table.QueryAsync<TableEntity>(row => row.RowKey.CompareTo(list) > 0 && row.RowKey.CompareTo(list + "~") < 0)
            .SingleAsync();
        var cursor = pattern.RowKey[list.Length..];
        var digits = cursor.IndexOf('-', StringComparison.Ordinal);
        var rows = Enumerable.Range(0, Cards).Select(card =>
        {
            var stamp = Beginning.AddSeconds(card).ToString("yyyyMMddHHmmssfffffff", CultureInfo.InvariantCulture)[..digits];
            return new TableEntity(pattern.Where(column => column.Value is string && column.Key != "odata.etag").ToDictionary(
                column => column.Key, column => (object)((string)column.Value).Replace(number, NumberOf(card), StringComparison.Ordinal)))
            {
                RowKey = list + stamp + cursor[digits..].Replace(number, NumberOf(card), StringComparison.Ordinal),
            };
        }).ToList();

        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            rows.Chunk(RowsOfTransaction),
            new ParallelOptions { MaxDegreeOfParallelism = Writers },
            async (chunk, stop) => await table.SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), stop));
        output.WriteLine($"{table.Name}: {Cards} rows written in {watch.Elapsed.TotalSeconds:0} s");
        return [.. rows.Select(row => row.RowKey[list.Length..])];
    }
}
