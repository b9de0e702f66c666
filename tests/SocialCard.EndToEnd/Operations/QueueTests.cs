using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Operations;

/// <summary>What could not be processed is looked at, sent back or thrown away, and who did so is kept.</summary>
[Collection(OperationsService.Collection)]
public sealed class QueueTests(OperationsService live)
{
    private const string Poison = "operations/queues/card-usages/poison";

    [Fact]
    public async Task A_message_that_could_not_be_processed_is_seen_masked_and_sent_back_and_takes_effect_then()
    {
        // The gateway is not registered yet when it reports.
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await ReportAsync(card, "hospital-late");
        var item = await UntilPoisonedAsync(card);

        Assert.Equal(
            $$"""{"messageId":"**","partnerId":"hospital-late","cardNumber":"*****{{card[^4..]}}","occasion":"outpatient","occurredAt":"x"}""",
            Masked(item));
        Assert.Equal("json", (string)item["form"]!);
        var shown = await QueueAsync("card-usages");
        Assert.Equal(1, (int)shown["poison"]!["depth"]!);
        Assert.NotNull(shown["poison"]!["oldestAt"]);

        await live.RegisterPartnerAsync("hospital-late", "hospital", "320200");
        var id = (string)item["id"]!;
        var key = Guid.NewGuid().ToString("N");
        var returned = await live.Operations.PostBareAsync($"{Poison}/{id}/return", key);
        Assert.Equal("1", returned.Expect(HttpStatusCode.OK)["returned"]);
        var again = await live.Operations.PostBareAsync($"{Poison}/{id}/return", key);
        Assert.True(again.Expect(HttpStatusCode.OK).IsReplayed);

        await SampleHost.EventuallyAsync(async () => (await live.Wuxi.GetAsync($"cards/{card}"))["status"] == "active");
        Assert.Empty(await PoisonedAsync());
        (await live.Operations.PostBareAsync($"{Poison}/{id}/return")).ExpectProblem(HttpStatusCode.NotFound, "message-not-found");
        var line = (await live.Operations.GetAsync($"{Poison}/timeline")).Expect(HttpStatusCode.OK).Body!["events"]!.AsArray()
            .Last(line => (string?)line!["type"] == "poisonMessageReturned");
        Assert.Equal("operations", (string)line!["by"]!);
        Assert.Equal(id, (string)line["details"]!["messageId"]!);
    }

    [Fact]
    public async Task A_message_is_thrown_away_for_a_reason_and_of_several_only_that_one_and_all_others_go_back_at_once()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await ReportAsync(card, "nobody-1");
        await ReportAsync(card, "nobody-2");
        await ReportAsync(card, "nobody-3");
        await SampleHost.EventuallyAsync(async () => (await PoisonedAsync()).Count == 3);
        var middle = (string)(await PoisonedAsync())[1]["id"]!;

        (await live.Operations.PostAsync($"{Poison}/{middle}/discard", new { reason = " " }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "reason");
        (await live.Operations.PostAsync($"{Poison}/{middle}/discard", new { reason = "a test of the gateway" })).Expect(HttpStatusCode.OK);
        var left = await PoisonedAsync();
        Assert.Equal(2, left.Count);
        Assert.DoesNotContain(left, item => (string)item["id"]! == middle);

        // They cannot be used now either: they come back under names of their own.
        (await live.Operations.PostBareAsync($"{Poison}/return")).Expect(HttpStatusCode.OK);
        var before = left.Select(item => (string)item["id"]!).ToHashSet();
        await SampleHost.EventuallyAsync(async () =>
            (await PoisonedAsync()) is { Count: 2 } now && !now.Any(item => before.Contains((string)item["id"]!)));
        foreach (var item in await PoisonedAsync())
        {
            (await live.Operations.PostAsync($"{Poison}/{item["id"]}/discard", new { reason = "tidied" })).Expect(HttpStatusCode.OK);
        }

        Assert.Contains(
            "a test of the gateway", (await live.Operations.GetAsync($"{Poison}/timeline")).Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_operations_look_and_queues_that_nobody_processes_here_have_no_poison()
    {
        (await live.Wuxi.GetAsync("operations/queues")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Wuxi.PostBareAsync($"{Poison}/return")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Operations.GetAsync("operations/queues/notices/poison")).ExpectProblem(HttpStatusCode.NotFound, "queue-not-found");
        (await live.Operations.PostBareAsync("operations/queues/nothing/poison/return"))
            .ExpectProblem(HttpStatusCode.NotFound, "queue-not-found");
        Assert.Null((await QueueAsync("notices"))["poison"]);
        (await live.Operations.GetAsync("operations/queues/notices/poison/timeline"))
            .ExpectProblem(HttpStatusCode.NotFound, "queue-not-found");
    }

    [Fact]
    public async Task A_queue_whose_messages_nobody_has_dealt_with_has_an_empty_timeline()
    {
        var timeline = (await live.Operations.GetAsync("operations/queues/contribution-records/poison/timeline"))
            .Expect(HttpStatusCode.OK);
        Assert.Empty(timeline.Body!["events"]!.AsArray());
        Assert.Equal(new string('0', 64), timeline["head"]);
    }

    [Fact]
    public async Task Who_has_the_list_is_told_so_by_its_ETag()
    {
        var first = (await live.Operations.GetAsync("operations/partners")).Expect(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(live.Service.Api, "operations/partners"));
        request.Headers.Authorization = new("Bearer", "local-operations-key");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await live.Service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal("", await second.Content.ReadAsStringAsync());
    }

    private static string Masked(JsonNode item)
    {
        var content = item["content"]!.DeepClone();
        content["occurredAt"] = content["occurredAt"] is null ? null : "x";
        content["messageId"] = content["messageId"] is null ? null : "**";
        return content.ToJsonString();
    }

    private async Task ReportAsync(string card, string partner)
    {
        var occurredAt = (await live.Service.NowAsync()).ToString("O", CultureInfo.InvariantCulture);
        await live.ReportRawAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""
            {"messageId":"{{Guid.NewGuid():N}}","partnerId":"{{partner}}","cardNumber":"{{card}}","occasion":"outpatient","occurredAt":"{{occurredAt}}"}
            """)));
    }

    private async Task<JsonNode> UntilPoisonedAsync(string card)
    {
        JsonNode? found = null;
        await SampleHost.EventuallyAsync(async () => (found = (await PoisonedAsync())
            .SingleOrDefault(item => (string?)item["content"]?["cardNumber"] == $"*****{card[^4..]}")) is not null);
        return found!;
    }

    private async Task<IReadOnlyList<JsonNode>> PoisonedAsync() =>
        [.. (await live.Operations.GetAsync(Poison)).Expect(HttpStatusCode.OK).Body!["items"]!.AsArray().Select(item => item!)];

    private async Task<JsonNode> QueueAsync(string name) => (await live.Operations.GetAsync("operations/queues"))
        .Expect(HttpStatusCode.OK).Body!["items"]!.AsArray().Single(item => (string?)item!["name"] == name)!;
}
