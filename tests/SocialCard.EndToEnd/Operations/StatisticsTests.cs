using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SocialCard.Functions.Statistics;

namespace SocialCard.EndToEnd.Operations;

/// <summary>The figures of a day are counted from what happened on it, and counted again come to the same.</summary>
[Collection(OperationsService.Collection)]
public sealed class StatisticsTests(OperationsService live)
{
    private const string Statistics = "operations/statistics";

    [Fact]
    public async Task A_day_has_its_cards_activations_and_expiries_and_counted_again_comes_to_the_same()
    {
        // A day of its own, and a province of its own but for what was there before.
        await live.Service.AdvanceDaysAsync(1);
        var before = await CardsAsync();
        var first = Day(await live.Service.NowAsync());
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await Cards.ReceivedAsync(live.Wuxi, "320200");
        await live.Service.AdvanceDaysAsync(2);
        var second = Day(await live.Service.NowAsync());
        (await live.Hospital.PostAsync($"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        await live.Service.AdvanceDaysAsync(20);

        var days = await DaysAsync(live.Wuxi);
        var received = days.Single(one => (string?)one["day"] == first);
        Assert.Equal(2, CountOf(received, "awaitingActivation") - before.GetValueOrDefault("awaitingActivation"));
        var activated = days.Single(one => (string?)one["day"] == second);
        Assert.Equal(1, (int)activated["activated"]!);
        Assert.InRange((double)activated["meanDaysToActivation"]!, 1.9, 4.1);
        Assert.Equal(1, (int)activated["activations"]!.AsArray().Single(one => (string?)one!["channel"] == "hospital")!["cards"]!);
        Assert.True(days.Sum(one => (int)one["expiries"]!) >= 1);
        Assert.Contains(await DaysAsync(live.Operations), one => (string?)one["day"] == second);

        // Who died over the counting, or whose rows were lost, has them counted again.
        await new TableServiceClient(live.Azurite.ConnectionString).GetTableClient(DailyStatistics.Table).DeleteEntityAsync(
            "32", (99_999_999 - int.Parse(second.Replace("-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture))
                .ToString("D8", CultureInfo.InvariantCulture));
        (await live.Operations.PostAsync($"{Statistics}/rebuild", new { from = first })).Expect(HttpStatusCode.NoContent);
        Assert.Equal(days.Select(one => one.ToJsonString()), (await DaysAsync(live.Wuxi)).Select(one => one.ToJsonString()));
        (await live.Operations.PostAsync($"{Statistics}/rebuild", new { })).Expect(HttpStatusCode.NoContent);
        Assert.Equal(days.Select(one => one.ToJsonString()), (await DaysAsync(live.Wuxi)).Select(one => one.ToJsonString()));
    }

    [Fact]
    public async Task A_bureau_reads_its_province_and_operations_alone_count_anew()
    {
        (await live.Taiyuan.GetAsync($"{Statistics}?regionCode=320000")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Wuxi.PostAsync($"{Statistics}/rebuild", new { })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Operations.GetAsync($"{Statistics}?from=x&regionCode=990000"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "from", "regionCode", "until");
        Assert.Equal("000000", (await live.Operations.GetAsync(Statistics)).Expect(HttpStatusCode.OK)["regionCode"]);
        Assert.Equal("320000", (await live.Wuxi.GetAsync(Statistics)).Expect(HttpStatusCode.OK)["regionCode"]);
    }

    private static string Day(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int CountOf(JsonNode day, string status) =>
        (int?)day["cards"]!.AsArray().SingleOrDefault(one => (string?)one!["status"] == status)?["cards"] ?? 0;

    private static async Task<IReadOnlyList<JsonNode>> DaysAsync(Caller caller) =>
        [.. (await caller.GetAsync($"{Statistics}?from=2026-01-01&until=2027-01-31")).Expect(HttpStatusCode.OK).Body!["days"]!.AsArray()
            .Select(day => day!)];

    private async Task<Dictionary<string, int>> CardsAsync() => await DaysAsync(live.Wuxi) is [.., var last]
        ? last["cards"]!.AsArray().ToDictionary(one => (string)one!["status"]!, one => (int)one!["cards"]!) : [];
}
