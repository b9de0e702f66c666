using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Migration;

/// <summary>What version 1.0 wrote is read, understood and gone on with.</summary>
public sealed class StoredRowsTests : IAsyncLifetime
{
    private readonly RestoredService live = new();

    private City City => live.City;

    public Task InitializeAsync() => live.InitializeAsync();

    public Task DisposeAsync() => live.DisposeAsync();

    [Fact]
    public async Task What_was_answered_then_is_answered_now()
    {
        var waiting = City.CivilEvents.Where(told => told.State == "accepted").SelectMany(told => City[told.Who].Cards).ToHashSet();
        var then = City.Answers().Where(answer => !waiting.Contains(answer.Path.Split('/')[1])).ToList();
        Assert.InRange(then.Count, 50, int.MaxValue);
        List<string> lost = [];
        foreach (var (path, body) in then)
        {
            var now = (await live.Operations.GetAsync(path)).Expect(HttpStatusCode.OK);
            lost.AddRange(Lost(body, now.Body, path));
        }

        // A move takes no card along any more, and a referral is the holder's, whichever of his cards it was approved by.
        string[] meant =
        [
            .. new[] { "moved", "movedInProvince", "movedWithTwoCards" }
                .SelectMany(who => City[who].Cards).Select(card => $"cards/{card}.regionCode"),
            $"cards/{City["referralOnReplacedCard"].Cards[0]}/referrals/",
        ];
        Assert.Equal([], lost.Where(line => !meant.Any(begin => line.StartsWith(begin, StringComparison.Ordinal))));
        Assert.All(meant, begin => Assert.Contains(lost, line => line.StartsWith(begin, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_showed_himself_then_is_known_now()
    {
        var person = City["active"];
        var inquiry = new { person.IdNumber, person.QueryPassword, topics = new[] { "card", "contributions" }, channel = "online" };
        var told = (await Caller.Online(live.Service).PostAsync("inquiries", inquiry)).Expect(HttpStatusCode.OK).Body!;
        Assert.Equal(person.Cards, told["cards"]!.AsArray().Select(card => (string)card!["cardNumber"]!));
        Assert.Equal(
            City.Contributions.Where(record => person.Cards.Contains(record.CardNumber))
                .GroupBy(record => record.RecordId, (_, revisions) => revisions.MaxBy(record => record.Revision)!)
                .Where(record => !record.Withdrawn)
                .Sum(record => record.EmployerYuan + record.PersonalYuan),
            told["contributions"]!.AsArray().Sum(year => (decimal)year!["totalYuan"]!));
        var check = new { kind = "social", password = person.SocialPassword };
        Assert.Equal("match", (await live.Wuxi.PostAsync($"cards/{person.Cards[0]}/password-checks", check))["result"]);

        var asked = Assert.Single(City.Requests);
        var again = (await live.Wuxi.PostAsync(asked.Path, asked.Body, asked.Key)).Expect(HttpStatusCode.Created);
        Assert.True(again.IsReplayed);
        Assert.Empty(Lost(asked.Answer, again.Body, asked.Path));

        var awaiting = City["awaiting"];
        var use = new { channel = "hospital", occasion = "outpatient", idNumber = awaiting.IdNumber };
        Assert.Equal(
            "active", (await live.Hospital.PostAsync($"cards/{awaiting.Cards[0]}/activations", use)).Expect(HttpStatusCode.OK)["status"]);
    }

    [Fact]
    public async Task What_was_under_way_then_comes_to_its_end_now()
    {
        // The workflow of 1.0 still waits out the day after which the report counts.
        var lost = City["lossWaiting"].Cards[0];
        Assert.Equal("active", (await live.Operations.GetAsync($"cards/{lost}"))["status"]);
        await live.Service.AdvanceDaysAsync(1);
        Assert.Equal("suspended", (await live.Operations.GetAsync($"cards/{lost}"))["status"]);

        var old = City["inProduction"].Cards[0];
        var reissue = (await live.Operations.GetAsync($"cards/{old}"))["reissue.reissueId"];
        var fresh = Cards.NextNumber();
        (await live.Bank.PostAsync("card.produced", new { reissueId = reissue, newCardNumber = fresh })).Expect(HttpStatusCode.NoContent);
        await SampleHost.EventuallyAsync(async () => (await live.Operations.GetAsync($"cards/{old}"))["reissue.state"] == "ready");

        foreach (var told in City.CivilEvents.Where(told => told.State == "accepted"))
        {
            await live.Wuxi.UntilDoneAsync(told.EventId);
        }

        var deceased = City["deathAccepted"].Cards[0];
        Assert.Equal("deceased", (await live.Operations.GetAsync($"cards/{deceased}"))["social.reason"]);

        var underReview = City.ElectronicCards.Single(card => card.Who == "daughter").ElectronicCardId;
        (await live.Wuxi.GetAsync($"electronic-cards/{underReview}/documents/householdRegister")).Expect(HttpStatusCode.OK);
        var decided = await live.Wuxi.PostAsync($"electronic-cards/{underReview}/decision", new { approve = true });
        Assert.Equal("issued", decided.Expect(HttpStatusCode.OK)["state"]);
    }

    /// <summary>What of an answer of then is not in an answer of now; that may tell more.</summary>
    private static IEnumerable<string> Lost(JsonNode? then, JsonNode? now, string path) => (then, now) switch
    {
        (JsonObject was, JsonObject isNow) => was.SelectMany(field => Lost(field.Value, isNow[field.Key], $"{path}.{field.Key}")),
        (JsonArray was, JsonArray isNow) when was.Count == isNow.Count => was.SelectMany(
            (item, index) => Lost(item, isNow[index], string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"))),
        _ => JsonNode.DeepEquals(then, now) ? [] : [$"{path}: {then?.ToJsonString()} is {now?.ToJsonString()}"],
    };
}
