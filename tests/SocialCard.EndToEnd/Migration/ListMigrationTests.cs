using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Migration;

/// <summary>What operations look at knows of the cards of version 1.0, which had none of these lists.</summary>
public sealed class ListMigrationTests : IAsyncLifetime
{
    private readonly RestoredService live = new();

    private City City => live.City;

    public Task InitializeAsync() => live.InitializeAsync();

    public Task DisposeAsync() => live.DisposeAsync();

    [Fact]
    public async Task What_was_waited_for_then_is_on_the_list_and_in_the_calendar()
    {
        foreach (var (who, kind) in new[] { ("awaiting", "activation"), ("lossWaiting", "lossReport"), ("inProduction", "reissue") })
        {
            var card = City[who].Cards[0];
            Assert.Contains(await ItemsAsync($"operations/workflows?cardNumber={card}"), item => (string?)item!["kind"] == kind);
        }

        var lost = City["lossWaiting"].Cards[0];
        var due = (await live.Operations.GetAsync("operations/due?kind=lossReport")).Expect(HttpStatusCode.OK);
        Assert.NotEmpty(due.Body!["days"]!.AsArray());
        Assert.Contains(
            await ItemsAsync($"operations/workflows?kind=lossReport"), item => (string?)item!["subject"]!["key"] == lost);
        Assert.NotEmpty(await ItemsAsync("operations/workflows?kind=employerReview"));
        Assert.NotEmpty(await ItemsAsync("operations/workflows?kind=electronicCard"));

        await live.Service.AdvanceDaysAsync(1);
        Assert.DoesNotContain(await ItemsAsync($"operations/workflows?cardNumber={lost}&kind=lossReport"), item => item is not null);
    }

    [Fact]
    public async Task The_statistics_count_the_cards_of_then()
    {
        await live.Service.AdvanceDaysAsync(2);
        var statuses = new List<string>();
        foreach (var card in City.People.SelectMany(person => person.Cards))
        {
            statuses.Add((await live.Operations.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK)["status"]!);
        }

        JsonNode? last = null;
        await SampleHost.EventuallyAsync(async () => (last = (await live.Operations.GetAsync("operations/statistics"))
            .Expect(HttpStatusCode.OK).Body!["days"]!.AsArray().LastOrDefault()) is not null);
        Assert.Equal(
            statuses.GroupBy(status => status).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal),
            last!["cards"]!.AsArray().Select(count => $"{count!["status"]} {count["cards"]}").Order(StringComparer.Ordinal));
    }

    private async Task<JsonArray> ItemsAsync(string path) =>
        (await live.Operations.GetAsync(path)).Expect(HttpStatusCode.OK).Body!["items"]!.AsArray();
}
