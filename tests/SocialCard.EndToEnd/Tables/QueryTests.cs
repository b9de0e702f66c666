using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.EndToEnd.Tables;

public sealed class QueryTests(AzuriteFixture fixture) : TableTests(fixture)
{
    private static readonly DateTimeOffset s_time = new(2026, 3, 1, 0, 0, 0, 0, TimeSpan.Zero);

    private static readonly Guid s_guid = new("01020304-0506-0708-090a-0b0c0d0e0f10");

    private enum Side
    {
        SocialSecurity,
        Financial,
    }

    [Fact]
    public async Task More_rows_than_a_page_holds_come_in_several_and_in_order()
    {
        const int rows = 2345;
        await FillAsync(rows);

        var pages = new List<Page<TableEntity>>();
        await foreach (var page in Table.QueryAsync<TableEntity>().AsPages())
            pages.Add(page);
        Assert.Equal([1000, 1000, 345], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, rows), pages.SelectMany(page => page.Values).Select(row => row.GetInt32("N")!.Value));
        Assert.Null(pages[^1].ContinuationToken);

        Assert.Equal(rows, await Table.QueryAsync<TableEntity>().CountAsync());
        var resumed = Table.QueryAsync<TableEntity>().AsPages(pages[1].ContinuationToken);
        Assert.Equal(2000, (await resumed.SingleAsync()).Values[0].GetInt32("N"));
    }

    [Fact]
    public async Task A_page_has_as_many_rows_as_asked_for()
    {
        await FillAsync(10);
        var query = Table.QueryAsync<TableEntity>(maxPerPage: 4);
        Assert.Equal([4, 4, 2], await query.AsPages().Select(page => page.Values.Count).ToListAsync());
        Assert.Equal([7, 3], await query.AsPages(pageSizeHint: 7).Select(page => page.Values.Count).ToListAsync());
        Assert.Equal(10, await query.CountAsync());
    }

    [Fact]
    public async Task A_filter_finds_by_every_type()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["Text"] = "it's",
            ["Int"] = 5,
            ["Long"] = 5_000_000_000,
            ["Double"] = 5.0,
            ["Half"] = 0.5,
            ["Flag"] = true,
            ["Time"] = s_time,
            ["Guid"] = s_guid,
            ["Bytes"] = new byte[] { 1, 171 },
        });
        FormattableString[] matching =
        [
            $"Text eq {"it's"}", $"Int eq {5}", $"Long eq {5_000_000_000}", $"Double eq {5.0}", $"Half lt {0.75}", $"Flag eq {true}",
            $"Time eq {s_time}", $"Time le {s_time.UtcDateTime}", $"Guid eq {s_guid}", $"Bytes eq {new byte[] { 1, 171 }}",
            $"PartitionKey eq {"p"} and (Int gt {4} or Flag eq {false})", $"not (Int eq {6})",
        ];
        FormattableString[] others =
        [
            $"Text eq {"its"}", $"Int eq {6}", $"Long eq {5_000_000_001}", $"Double gt {5.0}", $"Flag eq {false}",
            $"Time lt {s_time}", $"Guid eq {Guid.Empty}", $"Bytes eq {new byte[] { 1 }}",
        ];

        foreach (var filter in matching)
            Assert.True(await FoundAsync(filter), TableClient.CreateQueryFilter(filter));
        foreach (var filter in others)
            Assert.False(await FoundAsync(filter), TableClient.CreateQueryFilter(filter));
    }

    [Fact]
    public async Task A_predicate_is_evaluated_by_the_service()
    {
        foreach (var side in new[] { Side.SocialSecurity, Side.Financial })
            await Table.AddEntityAsync(new Row { PartitionKey = "p", RowKey = $"{side}", Side = side, Count = (int)side, Due = s_time, Open = side == 0 });

        var count = 1;
        Assert.Equal("Financial", (await Table.QueryAsync<Row>(row => row.PartitionKey == "p" && row.Count >= count).SingleAsync()).RowKey);
        Assert.Equal("Financial", (await Table.QueryAsync<Row>(row => row.Side == Side.Financial).SingleAsync()).RowKey);
        Assert.Equal("Financial", (await Table.QueryAsync<Row>(row => !row.Open && row.Due <= s_time).SingleAsync()).RowKey);
        Assert.Equal("SocialSecurity", (await Table.QueryAsync<Row>(row => row.Open || row.Count > 7).SingleAsync()).RowKey);
        Assert.Equal("SocialSecurity", (await Table.QueryAsync<Row>(row => row.RowKey.CompareTo("G") > 0).SingleAsync()).RowKey);
        Assert.Equal("Financial", (await Table.QueryAsync<TableEntity>(row => row.GetInt32("Count") == 1).SingleAsync()).RowKey);
    }

    [Fact]
    public async Task A_malformed_filter_is_the_services_error()
    {
        await FillAsync(1);
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => Table.QueryAsync<TableEntity>("this is ( no filter").CountAsync().AsTask());
        Assert.InRange(error.Status, 400, 501);
    }

    private async Task<bool> FoundAsync(FormattableString filter) =>
        await Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter)).AnyAsync();

    private async Task FillAsync(int rows)
    {
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(100))
        {
            await Table.SubmitTransactionAsync(chunk.Select(n => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity("p", n.ToString("D5", CultureInfo.InvariantCulture)) { ["N"] = n })));
        }
    }

    private sealed class Row : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public Side Side { get; set; }

        public int Count { get; set; }

        public DateTimeOffset? Due { get; set; }

        public bool Open { get; set; }
    }
}
