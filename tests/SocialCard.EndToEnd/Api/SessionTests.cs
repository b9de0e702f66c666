using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Api;

/// <summary>What a program asks that shows the service to people: the time there, who calls, what can be done, what is proven.</summary>
[Collection(StandingService.Collection)]
public sealed class SessionTests(StandingService live)
{
    [Fact]
    public async Task Anybody_may_ask_what_time_it_is_and_where_the_clock_of_a_trial_is_moved()
    {
        var service = JsonNode.Parse(await live.Service.Http.GetStringAsync(new Uri(live.Service.Api, "service")))!;

        Assert.Equal("/admin/clock", (string)service["clock"]!);
        Assert.False((bool)service["appServiceSignIn"]!);
        var now = DateTimeOffset.Parse((string)service["now"]!, CultureInfo.InvariantCulture);
        Assert.InRange(await live.Service.NowAsync() - now, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_caller_is_told_what_its_role_may_call()
    {
        var bureau = (await live.Wuxi.GetAsync("session")).Expect(HttpStatusCode.OK);
        Assert.Equal("bureau-wuxi", bureau["partnerId"]);
        Assert.Equal("bureau", bureau["role"]);
        Assert.Equal("320200", bureau["regionCode"]);
        Assert.Equal(["320200"], bureau.Body!["regions"]!.AsArray().Select(region => (string)region!["code"]!));
        Assert.Equal(["serviceWindow", "kiosk"], bureau.Body["channels"]!.AsArray().Select(channel => (string)channel!));
        Assert.Contains("registerCard", CallsOf(bureau));
        Assert.DoesNotContain("putPartner", CallsOf(bureau));

        var operations = (await live.Operations.GetAsync("session")).Expect(HttpStatusCode.OK);
        Assert.Contains("putPartner", CallsOf(operations));
        (await Caller.Agency(live.Service).GetAsync("session")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await new Caller(live.Service, "nobody").GetAsync("session")).ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");
    }

    [Fact]
    public async Task What_can_be_done_next_with_a_card_is_told_to_whoever_sees_it()
    {
        var (card, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        Assert.Contains("handOver", NextOf(await live.Wuxi.GetAsync($"cards/{card}/next-steps")));

        (await live.Wuxi.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);
        Assert.Contains("activate", NextOf(await live.Wuxi.GetAsync($"cards/{card}/next-steps")));

        (await live.Taiyuan.GetAsync($"cards/{card}/next-steps")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await live.Hospital.GetAsync($"cards/{card}/next-steps")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Whoever_reads_a_timeline_can_check_its_chain_up_to_the_hash_that_is_kept_beside_the_card()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var page = (await live.Wuxi.GetAsync($"cards/{card}/timeline")).Expect(HttpStatusCode.OK).Body!;

        var before = new string('0', 64);
        foreach (var line in page["events"]!.AsArray())
        {
            Assert.Equal(before, (string)line!["previousHash"]!);
            var at = DateTimeOffset.Parse((string)line["at"]!, CultureInfo.InvariantCulture).UtcDateTime;
            var instant = at.ToString("O", CultureInfo.InvariantCulture);
            string[] said = [before, $"{line["sequence"]}", instant, $"{line["type"]}", $"{line["by"]}", $"{line["recorded"]}"];
            var text = string.Join('\n', said);
            before = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(before, (string)line["hash"]!);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse((string)line["recorded"]!), line["details"]));
        }

        Assert.Equal(before, (string)page["head"]!);
    }

    private static IEnumerable<string> CallsOf(Answer session) => session.Body!["calls"]!.AsArray().Select(call => (string)call!);

    private static IEnumerable<string> NextOf(Answer steps) =>
        steps.Expect(HttpStatusCode.OK).Body!["next"]!.AsArray().Select(step => (string)step!);
}
