using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.WorkItems;
using static SocialCard.EndToEnd.WorkItems.WorkItemService;

namespace SocialCard.EndToEnd.Employers;

/// <summary>What the market regulator tells of employers, beside what they file themselves.</summary>
public sealed class RegistryNoticeTests(WorkItemService live) : IClassFixture<WorkItemService>
{
    private readonly List<JsonNode> escalations = [];

    [Fact]
    public async Task A_founding_is_escalated_after_thirty_days_until_the_employer_files_and_an_end_until_it_is_registered()
    {
        const string code = "91350100M000100Y43";
        var founded = await live.TodayAsync();
        var noticed = (await NoticeAsync(code, "founded", founded, "once")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("notRegistered", Day(founded.AddDays(30)), null),
            (noticed["state"], noticed["registrationDueOn"], noticed["registration"]));
        Assert.True((await NoticeAsync(code, "founded", founded, "once")).IsReplayed);
        Assert.False((await NoticeAsync(code, "founded", founded)).Expect(HttpStatusCode.OK).IsReplayed);
        (await NoticeAsync(code, "founded", founded.AddDays(-1))).ExpectProblem(HttpStatusCode.Conflict, "registry-notice-differs");
        (await NoticeAsync(code, "ended", founded.AddDays(-1))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "before-founding");
        (await live.Wuxi.GetAsync($"employers/{code}")).ExpectProblem(HttpStatusCode.NotFound, "employer-not-found");
        (await NoticeAsync(code, "founded", founded, region: "320200", caller: live.Wuxi))
            .ExpectProblem(HttpStatusCode.Conflict, "employer-already-registered");
        (await live.Taiyuan.PostAsync($"employers/{code}/decision", new { approve = true }))
            .ExpectProblem(HttpStatusCode.Conflict, "employer-not-under-review");
        Assert.Equal(
            "registration", (string)Assert.Single(await ItemsAsync(live.Taiyuan, "employerUnregistered", code))["duty"]!);

        await live.Service.AdvanceDaysAsync(30);
        Assert.Empty(await ItemsAsync(live.Taiyuan, "escalation", code));
        await live.Service.AdvanceDaysAsync(2);
        Assert.Equal("employerUnregistered", (string)(await UntilItemAsync(live.Taiyuan, "escalation", code))["escalation"]!);
        Assert.Equal(["registration"], await EscalationsOfAsync(code));

        // The employer says that it was founded later; the thirty days are the regulator's.
        var filed = (await Caller.Online(live.Service).PostAsync("employers", Filing(code, founded.AddDays(10))))
            .Expect(HttpStatusCode.Created);
        Assert.Equal(
            ("underReview", "2", Day(founded.AddDays(10)), Day(founded), null),
            (filed["state"], filed["registration.daysLate"], filed["foundedOn"], filed["registry.foundedOn"], filed["registrationDueOn"]));
        Assert.Empty(await ItemsAsync(live.Taiyuan, "employerUnregistered", code));
        Assert.Empty(await ItemsAsync(live.Taiyuan, "escalation", code));

        // It ends before the bureau has decided; from the decision on there is something to end.
        var ended = await live.TodayAsync();
        Assert.Null((await NoticeAsync(code, "ended", ended)).Expect(HttpStatusCode.OK)["terminationDueOn"]);
        var decided = (await live.Taiyuan.PostAsync($"employers/{code}/decision", new { approve = true })).Expect(HttpStatusCode.OK);
        Assert.Equal(Day(ended.AddDays(30)), decided["terminationDueOn"]);
        Assert.Equal("termination", (string)Assert.Single(await ItemsAsync(live.Taiyuan, "employerUnregistered", code))["duty"]!);

        await live.Service.AdvanceDaysAsync(32);
        await UntilItemAsync(live.Taiyuan, "escalation", code);
        var over = (await live.Taiyuan.PostAsync($"employers/{code}/termination", new { terminatedOn = ended, reason = "dissolved" }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(("terminated", "2", null), (over["state"], over["termination.daysLate"], over["terminationDueOn"]));
        Assert.Empty(await ItemsAsync(live.Taiyuan, "employerUnregistered", code));
        Assert.Empty(await ItemsAsync(live.Taiyuan, "escalation", code));
        Assert.Equal(["registration", "termination"], await EscalationsOfAsync(code));
    }

    [Fact]
    public async Task Notices_may_come_the_wrong_way_round_and_after_the_employers_own_filing()
    {
        const string unknown = "91110000M000000023", filed = "91110000M000000036";
        var today = await live.TodayAsync();
        var ended = (await NoticeAsync(unknown, "ended", today)).Expect(HttpStatusCode.OK);
        Assert.Equal(("notRegistered", null, null), (ended["state"], ended["registrationDueOn"], ended["terminationDueOn"]));
        (await NoticeAsync(unknown, "founded", today.AddDays(-90))).Expect(HttpStatusCode.OK);
        Assert.Empty(await ItemsAsync(live.Taiyuan, "employerUnregistered", unknown));

        (await live.Taiyuan.PostAsync("employers", Filing(filed, today))).Expect(HttpStatusCode.Created);
        var noticed = (await NoticeAsync(filed, "founded", today.AddDays(-3))).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("underReview", Day(today), Day(today.AddDays(-3)), null),
            (noticed["state"], noticed["foundedOn"], noticed["registry.foundedOn"], noticed["registrationDueOn"]));
    }

    [Fact]
    public async Task What_cannot_be_told_is_said_by_field()
    {
        var tomorrow = (await live.TodayAsync()).AddDays(1);
        (await NoticeAsync("91350100M000100Y44", "founded", tomorrow, region: "999999"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "code", "occurredOn", "regionCode");
        (await NoticeAsync("91110000M000000023", "founded", tomorrow.AddDays(-1), region: "320200"))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await NoticeAsync("91110000M000000023", "founded", tomorrow.AddDays(-1), caller: Caller.Online(live.Service)))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private Task<Answer> NoticeAsync(
        string code, string kind, DateOnly day, string? key = null, string region = "140100", Caller? caller = null) =>
        (caller ?? live.Taiyuan).PostAsync(
            $"employers/{code}/registry-notices", new { kind, occurredOn = day, name = "太原小店有限公司", regionCode = region }, key);

    /// <summary>What operations were told so far of an employer that was not registered, each once.</summary>
    private async Task<IEnumerable<string>> EscalationsOfAsync(string code)
    {
        var queue = live.QueueOf("operations-escalations");
        while ((await queue.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                escalations.Add(JsonNode.Parse(Convert.FromBase64String(message.MessageText))!);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        return escalations
            .Where(escalation => (string?)escalation["employerCode"] == code && (string)escalation["kind"]! == "employerUnregistered")
            .DistinctBy(escalation => (string)escalation["escalationId"]!)
            .Select(escalation => (string)escalation["duty"]!);
    }

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static object Filing(string code, DateOnly foundedOn) => new
    {
        code,
        name = "太原小店有限公司",
        foundedOn,
        regionCode = "140100",
        credential = "businessLicence",
        representative = new { idNumber = Cards.IdNumber(), name = "李大方", mobile = "13900139000" },
    };
}
