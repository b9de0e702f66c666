using System.Globalization;
using System.Net;
using System.Text.Json;
using SocialCard.Functions.Storage;

namespace SocialCard.EndToEnd.Api;

[Collection(StandingService.Collection)]
public sealed class TimelineTests(StandingService live)
{
    [Fact]
    public async Task The_timeline_is_read_in_pages()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);

        var pages = new List<int[]>();
        var next = "0";
        while (next is not null)
        {
            var page = (await live.Hospital.GetAsync($"cards/{number}/timeline?limit=3&after={next}")).Expect(HttpStatusCode.OK);
            pages.Add([.. page.Body!["events"]!.AsArray().Select(line => (int)line!["sequence"]!)]);
            next = page["next"];
        }

        Assert.Equal([[1, 2, 3], [4]], pages);
        var beyond = (await live.Hospital.GetAsync($"cards/{number}/timeline?after=4")).Expect(HttpStatusCode.OK);
        Assert.Equal((0, null), (beyond.Body!["events"]!.AsArray().Count, beyond["next"]));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("after=-1", "after")]
    [InlineData("after=1.5", "after")]
    [InlineData("after=9223372036854775807", "after")]
    [InlineData("after=1&after=2", "after")]
    public async Task A_page_that_cannot_be_is_refused(string query, string field)
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        (await live.Wuxi.GetAsync($"cards/{number}/timeline?{query}")).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", field);
    }

    [Fact]
    public async Task An_auditor_can_follow_the_chain_of_hashes_with_what_the_API_shows()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Taiyuan);
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number })).Expect(HttpStatusCode.NoContent);
        (await live.Taiyuan.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        var answer = (await live.Taiyuan.GetAsync($"cards/{number}/timeline")).Expect(HttpStatusCode.OK);

        using var page = JsonDocument.Parse(answer.Text);
        var lines = page.RootElement.GetProperty("events").EnumerateArray().ToList();
        var entries = lines.Select(line => new TimelineEntry(
            line.GetProperty("sequence").GetInt64(),
            line.GetProperty("type").GetString()!,
            DateTimeOffset.Parse(line.GetProperty("at").GetString()!, CultureInfo.InvariantCulture),
            line.GetProperty("by").GetString()!,
            line.GetProperty("details").GetRawText(),
            line.GetProperty("previousHash").GetString()!)).ToList();

        Assert.Equal(5, entries.Count);
        Assert.Equal(lines.Select(line => line.GetProperty("hash").GetString()), entries.Select(entry => entry.Hash));
        Assert.True(TimelineEntry.IsWhole(entries, entries[^1].Hash));
    }
}
