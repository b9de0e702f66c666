using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.ElectronicCards;
using static SocialCard.EndToEnd.WorkItems.WorkItemService;

namespace SocialCard.EndToEnd.WorkItems;

/// <summary>The work lists over HTTP: what comes onto them and goes, who sees it, and how it is paged.</summary>
public sealed class WorkItemTests(WorkItemService live) : IClassFixture<WorkItemService>
{
    private const string Code = "91350100M000100Y43";

    private Caller Bank => Caller.Bank(live.Service);

    [Fact]
    public async Task A_card_waits_for_its_holder_until_it_is_handed_over_and_each_sees_what_is_his()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");

        var item = Assert.Single(await ItemsAsync(live.Wuxi, "unclaimedCard", number));
        Assert.Equal("320200", (string)item["regionCode"]!);
        Assert.NotNull(item["dueAt"]);
        Assert.Single(await ItemsAsync(live.Operations, "unclaimedCard", number));
        Assert.Single(await ItemsAsync(live.Operations, "unclaimedCard", number, "&region=320000"));
        Assert.Empty(await ItemsAsync(live.Operations, "unclaimedCard", number, "&region=140000"));
        Assert.Empty(await ItemsAsync(live.Taiyuan, "unclaimedCard", number));
        Assert.Single(await ItemsAsync(Bank, "unclaimedCard", number));
        Assert.Empty(await ItemsAsync(Caller.OtherBank(live.Service), "unclaimedCard", number));

        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        Assert.Empty(await ItemsAsync(live.Wuxi, "unclaimedCard", number));
        Assert.Empty(await ItemsAsync(Bank, "unclaimedCard", number));
        Assert.Empty(await ItemsAsync(live.Operations, "unclaimedCard", number));
    }

    [Fact]
    public async Task A_new_card_is_late_then_made_then_waits_until_it_goes_back()
    {
        var (number, id) = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var reissue = (await live.Wuxi.PostAsync(
            $"cards/{number}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.Accepted);
        var reissueId = reissue["reissueId"]!;
        await live.Service.AdvanceDaysAsync(20);

        var late = await UntilItemAsync(live.Wuxi, "productionOverdue", number);
        Assert.Equal(reissueId, (string)late["reissueId"]!);
        Assert.True(At(late["dueAt"]) < await live.Service.NowAsync());
        Assert.Equal("productionOverdue", (string)(await UntilItemAsync(live.Operations, "escalation", number))["escalation"]!);
        Assert.Single(await ItemsAsync(Bank, "productionOverdue", number));

        var newNumber = Cards.NextNumber();
        (await live.Bank.PostAsync("card.produced", new { reissueId, newCardNumber = newNumber })).Expect(HttpStatusCode.NoContent);
        var waiting = await UntilItemAsync(live.Wuxi, "unclaimedCard", newNumber);
        Assert.True(At(waiting["dueAt"]) > await live.Service.NowAsync());
        Assert.Empty(await ItemsAsync(live.Wuxi, "productionOverdue", number));
        Assert.Empty(await ItemsAsync(live.Operations, "escalation", number));

        (await Bank.PostAsync($"cards/{newNumber}/receipt", new { })).Expect(HttpStatusCode.OK);
        await UntilDoneAsync(live.Wuxi, "unclaimedCard", newNumber);
        Assert.Empty(await ItemsAsync(live.Wuxi, "unclaimedCard", number));
    }

    [Fact]
    public async Task A_production_that_was_halted_is_escalated_until_operations_order_it_again()
    {
        var (number, id) = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var reissueId = (await live.Wuxi.PostAsync(
            $"cards/{number}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.Accepted)[
                "reissueId"]!;
        for (var order = 1; order <= 3; order++)
        {
            (await live.Bank.PostAsync("card.production.failed", new { reissueId, orderId = $"{reissueId}-{order}" }))
                .Expect(HttpStatusCode.NoContent);
        }

        Assert.Equal("productionHalted", (string)Assert.Single(await ItemsAsync(live.Wuxi, "escalation", number))["escalation"]!);
        (await live.Operations.PostAsync($"cards/{number}/reissues/{reissueId}/order", new { })).Expect(HttpStatusCode.OK);
        Assert.Empty(await ItemsAsync(live.Wuxi, "escalation", number));
    }

    [Fact]
    public async Task A_registration_waits_for_its_decision_and_is_escalated_when_that_is_overdue()
    {
        var today = await live.TodayAsync();
        (await live.Taiyuan.PostAsync("employers", Filing(today))).Expect(HttpStatusCode.Created);

        var review = Assert.Single(await ItemsAsync(live.Taiyuan, "employerReview", Code));
        Assert.Equal(today.AddDays(16), DateOnly.FromDateTime(At(review["dueAt"]).ToOffset(TimeSpan.FromHours(8)).DateTime));
        Assert.Empty(await ItemsAsync(live.Taiyuan, "escalation", Code));
        Assert.Empty(await ItemsAsync(live.Wuxi, "employerReview", Code));

        await live.Service.AdvanceDaysAsync(18);
        var escalation = await UntilItemAsync(live.Taiyuan, "escalation", Code);
        Assert.Equal("employerReviewOverdue", (string)escalation["escalation"]!);

        (await live.Taiyuan.PostAsync($"employers/{Code}/decision", new { approve = true })).Expect(HttpStatusCode.OK);
        Assert.Empty(await ItemsAsync(live.Taiyuan, "employerReview", Code));
        Assert.Empty(await ItemsAsync(live.Taiyuan, "escalation", Code));
    }

    [Fact]
    public async Task A_childs_card_waits_for_its_decision()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var id = await guardian.UpToAsync("submission");
        Assert.Empty(await ItemsAsync(live.Wuxi, "electronicCardReview", id));
        (await guardian.SubmitAsync(id)).Expect(HttpStatusCode.Accepted);

        Assert.Single(await ItemsAsync(live.Wuxi, "electronicCardReview", id));
        (await guardian.DecideAsync(id, approve: false, "The stamp is missing.")).Expect(HttpStatusCode.OK);
        Assert.Empty(await ItemsAsync(live.Wuxi, "electronicCardReview", id));
    }

    [Fact]
    public async Task A_member_of_a_family_waits_for_the_end_of_the_review()
    {
        var (giver, receiver) = (
            await Guardian.ActiveAsync(live, Cards.IdNumber()), await Guardian.ActiveAsync(live, Cards.IdNumber()));
        (await live.Wuxi.PostAsync($"cards/{giver.Number}/family-members", new
        {
            channel = "serviceWindow",
            idNumber = giver.IdNumber,
            members = new[] { new { idNumber = receiver.IdNumber, relation = "spouse", cardNumber = receiver.Number } },
        })).Expect(HttpStatusCode.Accepted);

        var item = await UntilItemAsync(live.Wuxi, "familyReview", giver.Number);
        Assert.NotNull((string?)item["memberId"]);
        Assert.True(At(item["dueAt"]) > At(item["since"]));
        await live.Service.AdvanceDaysAsync(5);
        await UntilDoneAsync(live.Wuxi, "familyReview", giver.Number);
    }

    [Fact]
    public async Task A_list_is_read_in_pages_oldest_first()
    {
        var bureau = await live.RegisterPartnerAsync("bureau-xian", "bureau", "610100");
        var numbers = new List<string>();
        for (var card = 0; card < 5; card++)
        {
            numbers.Add((await Cards.RegisteredAsync(bureau, card % 2 == 0 ? "610100" : "610102")).Number);
        }

        var (seen, after, pages) = (new List<string>(), "", 0);
        Answer page;
        do
        {
            page = (await bureau.GetAsync($"work-items?kind=unclaimedCard&limit=2{after}")).Expect(HttpStatusCode.OK);
            seen.AddRange(page.Body!["items"]!.AsArray().Select(item => (string)item!["cardNumber"]!));
            after = $"&after={page["next"]}";
            pages++;
        }
        while ((bool)page.Body["more"]!);

        Assert.Equal(numbers, seen);
        Assert.Equal(3, pages);
        Assert.Equal(
            [numbers[1], numbers[3]],
            (await ItemsAsync(bureau, "unclaimedCard", more: "&region=610102")).Select(item => (string)item["cardNumber"]!));

        // What is done meanwhile does not move the pages.
        (await bureau.PostAsync($"cards/{numbers[1]}/receipt", new { })).Expect(HttpStatusCode.OK);
        var rest = (await bureau.GetAsync($"work-items?kind=unclaimedCard{after}")).Expect(HttpStatusCode.OK);
        Assert.Empty(rest.Body!["items"]!.AsArray());
        Assert.Equal(after, $"&after={rest["next"]}");
    }

    [Theory]
    [InlineData("", "kind")]
    [InlineData("?kind=everything", "kind")]
    [InlineData("?kind=unclaimedCard&limit=0", "limit")]
    [InlineData("?kind=unclaimedCard&limit=501", "limit")]
    [InlineData("?kind=unclaimedCard&after='%20or%20true", "after")]
    [InlineData("?kind=unclaimedCard&region=999999", "region")]
    [InlineData("?kind=0&region=3202&after=1&limit=x", "kind", "region", "after", "limit")]
    public async Task What_cannot_be_asked_is_told_by_field(string query, params string[] fields) =>
        (await live.Wuxi.GetAsync($"work-items{query}")).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", fields);

    [Fact]
    public async Task Nobody_sees_what_is_not_his()
    {
        (await live.Wuxi.GetAsync("work-items?kind=escalation&region=320000")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Wuxi.GetAsync("work-items?kind=escalation&region=140100")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Bank.GetAsync("work-items?kind=escalation")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Bank.GetAsync("work-items?kind=unclaimedCard&region=320200"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "region");
        (await live.Hospital.GetAsync("work-items?kind=unclaimedCard")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private static DateTimeOffset At(JsonNode? instant) => DateTimeOffset.Parse((string)instant!, CultureInfo.InvariantCulture);

    private static object Filing(DateOnly foundedOn) => new
    {
        code = Code,
        name = "太原小店有限公司",
        foundedOn,
        regionCode = "140100",
        credential = "businessLicence",
        representative = new { idNumber = Cards.IdNumber(), name = "李大方", mobile = "13900139000" },
    };
}
