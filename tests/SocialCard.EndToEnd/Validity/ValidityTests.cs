using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialCard.Domain.Rules;
using SocialCard.EndToEnd.Activation;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Validity;

/// <summary>What was issued ends: the years of a card, and a first one that nobody fetches.</summary>
[Collection(MovingService.Collection)]
public sealed class ValidityTests(MovingService live)
{
    [Fact]
    public async Task A_card_whose_years_are_over_has_said_so_three_times_and_is_on_the_invalid_card_list()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, MovingService.ShortLived);
        var active = await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id });
        Assert.Equal("[]", active.Expect(HttpStatusCode.OK).Body!["blockers"]!.ToJsonString());
        var until = ChinaTime.DateOf(await live.Service.NowAsync()).AddYears(1);
        var validity = active.Body!["validity"]!;
        Assert.Equal((Text(until), Text(until.AddDays(-60))), ((string)validity["validUntil"]!, (string)validity["renewableFrom"]!));
        Assert.Equal("not-renewable-yet", (await ReissueAsync(number, id)).Expect(HttpStatusCode.UnprocessableEntity)["code"]);
        var end = ChinaTime.StartOf(until.AddDays(1));
        await live.Service.AdvanceToAsync(end.AddDays(-80));

        await live.Service.AdvanceToAsync(end.AddMinutes(-1));

        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
        Assert.Equal("false", (await live.Hospital.GetAsync($"invalid-cards/{number}"))["invalid"]);

        await live.Service.AdvanceToAsync(end);

        var ended = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("suspended", "validityEnded"), (ended["status"], ended["social.reason"]));
        var blocker = Assert.Single(ended.Body!["blockers"]!.AsArray())!;
        Assert.Equal(("validityEnded", "applyForNewCard"), ((string)blocker["code"]!, (string)blocker["next"]!));
        Assert.Equal("true", (await live.Hospital.GetAsync($"invalid-cards/{number}"))["invalid"]);
        Assert.Contains(
            await ListedAsync(), change => (string?)change["cardNumber"] == number && (string)change["change"]! == "added");
        Assert.Equal(
            ["validityReminded", "validityReminded", "validityReminded", "validityEnded"],
            (await live.Wuxi.TimelineAsync(number)).Select(line => (string)line["type"]!)
                .Where(type => type.StartsWith("validity", StringComparison.Ordinal)));
        Assert.Equal(
            [60, 30, 7, null],
            (await live.NoticesOfAsync(number))
                .Where(notice => (string)notice["kind"]! is "renewalReminder" or "validityEnded")
                .Select(notice => (int?)notice["daysLeft"]));
        Assert.Equal("card-suspended", (await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.Conflict)["code"]);
        (await ReissueAsync(number, id)).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_first_card_that_nobody_fetches_goes_back_to_the_bank_and_ends_there()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, MovingService.ShortLived);
        var (fetched, _) = await Cards.RegisteredAsync(live.Wuxi, MovingService.ShortLived);
        var returnBy = InstantOf((await ItemAsync(number))["dueAt"]);

        await live.Service.AdvanceToAsync(returnBy);

        Assert.Equal("registered,newCardReturned", await TypesAsync(number));
        var cancelBy = InstantOf((await ItemAsync(number))["dueAt"]);
        Assert.True(cancelBy > returnBy);
        (await live.Wuxi.PostAsync($"cards/{fetched}/receipt", new { })).Expect(HttpStatusCode.OK);

        await live.Service.AdvanceToAsync(cancelBy);

        Assert.Equal("registered,newCardReturned,cancelled", await TypesAsync(number));
        var card = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("cancelled", "unclaimed"), (card["status"], card["social.reason"]));
        Assert.Equal("true", (await live.Hospital.GetAsync($"invalid-cards/{number}"))["invalid"]);
        Assert.Equal(
            ["newCardReturned", "cardCancelled"], (await live.NoticesOfAsync(number)).Select(notice => (string)notice["kind"]!));
        Assert.Equal("awaitingActivation", (await live.Wuxi.GetAsync($"cards/{fetched}"))["status"]);
    }

    [Fact]
    public async Task A_temporary_card_is_read_by_its_own_number_and_is_on_the_list_when_it_is_over()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Taiyuan);
        (await live.Taiyuan.PostAsync(
            $"cards/{number}/reissues", new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);
        var lost = await IssueTemporaryAsync();
        var hospital = Caller.Hospital(live.Service);
        var shown = (await hospital.GetAsync($"temporary-cards/{lost}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("true", number), (shown["valid"], shown["cardNumber"]));
        Assert.StartsWith("*", shown["holder.idNumber"], StringComparison.Ordinal);
        Assert.Equal("false", (await hospital.GetAsync($"invalid-cards/{lost}"))["invalid"]);
        (await live.Hospital.GetAsync($"temporary-cards/{lost}")).Expect(HttpStatusCode.NotFound);

        (await live.Taiyuan.PostAsync($"cards/{number}/temporary-card/loss-report", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        var returned = await IssueTemporaryAsync();
        (await live.Taiyuan.PostAsync($"cards/{number}/temporary-card/return", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        var expired = await IssueTemporaryAsync();
        await live.Service.AdvanceToAsync(InstantOf((await hospital.GetAsync($"temporary-cards/{expired}")).Body!["validUntil"]));

        foreach (var (temporary, end) in new[] { (lost, "lost"), (returned, "returned"), (expired, "expired") })
        {
            var over = (await hospital.GetAsync($"temporary-cards/{temporary}")).Expect(HttpStatusCode.OK);
            Assert.Equal(("false", end), (over["valid"], over["end"]));
            var lookup = (await live.Hospital.GetAsync($"invalid-cards/{temporary}")).Expect(HttpStatusCode.OK);
            Assert.Equal((temporary, "true"), (lookup["temporaryCardId"], lookup["invalid"]));
            Assert.Single(
                await ListedAsync(),
                change => (string?)change["temporaryCardId"] == temporary && change["cardNumber"] is null
                    && (string)change["change"]! == "added");
        }

        await live.ReportUsageAsync(new
        {
            messageId = $"use-{expired}",
            partnerId = "hospital-shanxi-first",
            temporaryCardId = expired,
            occasion = "outpatient",
            occurredAt = await live.Service.NowAsync(),
        });
        await SampleHost.EventuallyAsync(async () =>
            (await live.Taiyuan.EventsOfAsync(number)).EndsWith("usageRefused", StringComparison.Ordinal));

        (await hospital.GetAsync($"temporary-cards/{number}-0123456789abcdef")).Expect(HttpStatusCode.NotFound);
        (await hospital.GetAsync("temporary-cards/nobody")).Expect(HttpStatusCode.NotFound);

        async Task<string> IssueTemporaryAsync() =>
            (await live.Taiyuan.PostAsync($"cards/{number}/temporary-card", new { channel = "serviceWindow", idNumber = id }))
                .Expect(HttpStatusCode.Created)["temporaryCardId"]!;
    }

    [Fact]
    public async Task An_answer_about_a_change_a_loss_or_a_new_card_tells_what_still_stands_in_the_way()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (notActivated, lost) = ("notActivated:activate", "lost:releaseLoss");
        var change = await live.Wuxi.PostAsync(
            $"cards/{number}/password-changes",
            new { kind = "query", operation = "reset", channel = "serviceWindow", newPassword = "739150", idNumber = id });
        Assert.Equal(notActivated, BlockersOf(change.Expect(HttpStatusCode.OK)));
        var report = (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{number}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);
        Assert.Equal($"{lost},{notActivated}", BlockersOf(report));
        Assert.Equal($"{lost},{notActivated}", BlockersOf(await live.Wuxi.GetAsync($"cards/{number}/loss-reports/{report["reportId"]}")));
        Assert.Equal(notActivated, BlockersOf((await live.Wuxi.PostAsync(
            $"cards/{number}/loss-reports/{report["reportId"]}/release", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK)));
        Assert.Equal(notActivated, BlockersOf((await ReissueAsync(number, id, "damaged")).Expect(HttpStatusCode.Accepted)));
        var activated = await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id });
        Assert.Equal("", BlockersOf(activated.Expect(HttpStatusCode.OK)));
    }

    private static string BlockersOf(Answer answer) => string.Join(
        ',', answer.Body!["blockers"]!.AsArray().Select(blocker => $"{blocker!["code"]}:{blocker["next"]}"));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset InstantOf(JsonNode? text) => DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture);

    private Task<Answer> ReissueAsync(string number, string id, string reason = "expired") => live.Wuxi.PostAsync(
        $"cards/{number}/reissues", new { reason, delivery = "pickUp", channel = "serviceWindow", idNumber = id });

    private async Task<string> TypesAsync(string number) =>
        string.Join(',', (await live.Wuxi.TimelineAsync(number)).Select(line => (string)line["type"]!));

    private async Task<IReadOnlyList<JsonNode>> ListedAsync()
    {
        List<JsonNode> changes = [];
        for (var after = "0"; ;)
        {
            var page = (await live.Hospital.GetAsync($"invalid-cards?after={after}&limit=500")).Expect(HttpStatusCode.OK);
            changes.AddRange(page.Body!["changes"]!.AsArray().Select(change => change!));
            if (page["more"] == "false")
            {
                return changes;
            }

            after = page["next"]!;
        }
    }

    private async Task<JsonNode> ItemAsync(string number)
    {
        var page = (await live.Wuxi.GetAsync("work-items?kind=unclaimedCard&limit=100")).Expect(HttpStatusCode.OK);
        return Assert.Single(page.Body!["items"]!.AsArray(), item => (string?)item!["cardNumber"] == number)!;
    }
}
