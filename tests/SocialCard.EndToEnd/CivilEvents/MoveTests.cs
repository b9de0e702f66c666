using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Activation;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.CivilEvents;

/// <summary>A holder moves to another province, or has several cards without a move.</summary>
[Collection(MovingService.Collection)]
public sealed class MoveTests(MovingService live)
{
    [Fact]
    [Trait(Category.Name, Category.Crash)]
    public async Task After_a_move_the_old_card_goes_on_until_the_one_of_the_new_province_is_enabled_though_the_host_is_killed()
    {
        var (old, id) = await ActiveAsync(live.Wuxi, "320200");
        await MoveAsync(live.Wuxi, id, "530100");
        var next = await RegisteredAsync(live.Kunming, id, "530100");
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{old}"))["status"]);

        var (use, key) = (new { channel = "serviceWindow", idNumber = id }, Guid.NewGuid().ToString("N"));
        (await live.Kunming.PostAsync($"cards/{next}/receipt", new { })).Expect(HttpStatusCode.OK);
        var sent = live.Kunming.PostAsync($"cards/{next}/activations", use, key);
        await live.Service.KillAsync();
        await Record.ExceptionAsync(() => sent);
        await live.Service.RestartAsync();
        (await live.Kunming.PostAsync($"cards/{next}/activations", use, key)).Expect(HttpStatusCode.OK);

        var ended = (await live.Wuxi.GetAsync($"cards/{old}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("cancelled", "moved", "moved"), (ended["status"], ended["social.reason"], ended["financial.reason"]));
        Assert.EndsWith(",cancelled", await live.Wuxi.EventsOfAsync(old), StringComparison.Ordinal);
        Assert.Equal("True", (await live.Hospital.GetAsync($"invalid-cards/{old}"))["invalid"], ignoreCase: true);
        Assert.Equal("cardCancelled", (string?)(await live.NoticesOfAsync(old))[^1]["kind"]);
        Assert.Equal("active", (await live.Kunming.GetAsync($"cards/{next}"))["social.state"]);
        var lines = (await live.Kunming.GetAsync($"holders/{ended["holder.holderId"]}/timeline")).Expect(HttpStatusCode.OK).Text;
        Assert.Contains("\"moved\"", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_region_says_so_the_old_card_ends_with_the_first_use_of_the_new_one()
    {
        var (old, id) = await ActiveAsync(live.Taiyuan, "140100");
        await MoveAsync(live.Taiyuan, id, "320200");
        var next = await EnabledAsync(live.Wuxi, id, "320200");
        Assert.NotEqual("cancelled", (await live.Taiyuan.GetAsync($"cards/{old}"))["status"]);
        (await live.Hospital.PostAsync(
            $"cards/{next}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id })).Expect(HttpStatusCode.OK);
        Assert.Equal("moved", (await live.Taiyuan.GetAsync($"cards/{old}"))["social.reason"]);
    }

    [Fact]
    public async Task A_move_that_is_told_late_ends_the_old_card_too_and_one_after_which_no_card_was_enabled_ends_none()
    {
        var (old, id) = await ActiveAsync(live.Wuxi, "320200");
        await EnabledAsync(live.Kunming, id, "530100");
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{old}"))["status"]);
        await MoveAsync(live.Kunming, id, "530100");
        Assert.Equal("moved", (await live.Wuxi.GetAsync($"cards/{old}"))["social.reason"]);

        var (kept, other) = await ActiveAsync(live.Wuxi, "320200");
        await EnabledAsync(live.Kunming, other, "530100");
        await live.Service.AdvanceDaysAsync(2);
        await MoveAsync(live.Kunming, other, "530100");
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{kept}"))["status"]);
    }

    [Fact]
    public async Task Two_cards_of_different_provinces_without_a_move_are_nobodys_business()
    {
        var (one, id) = await ActiveAsync(live.Wuxi, "320200");
        var other = await EnabledAsync(live.Kunming, id, "530100");
        Assert.Equal(
            ("active", "active"),
            ((await live.Wuxi.GetAsync($"cards/{one}"))["social.state"], (await live.Kunming.GetAsync($"cards/{other}"))["social.state"]));
        Assert.Null(await SecondAsync(other));
    }

    [Fact]
    public async Task A_bureau_that_reports_a_move_keeps_the_persons_cards_also_those_of_another_province_and_can_correct_it()
    {
        var (wuxi, id) = await ActiveAsync(live.Wuxi, "320200");
        var taiyuan = await EnabledAsync(live.Taiyuan, id, "140100");
        await live.Service.AdvanceDaysAsync(1);
        await MoveAsync(live.Wuxi, id, "530100");
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{wuxi}"))["status"]);
        Assert.Equal("140100", (await live.Taiyuan.GetAsync($"cards/{taiyuan}")).Expect(HttpStatusCode.OK)["regionCode"]);
        Assert.Equal("card-not-found", (await live.Kunming.GetAsync($"cards/{wuxi}")).Code);

        // Who has told wrongly tells anew, and may: the person is still his.
        await live.Wuxi.TellAsync(
            new { kind = "move", idNumber = id, occurredOn = (await live.TodayAsync()).AddDays(-1), toRegion = "320200" });
        var holder = (await live.Wuxi.GetAsync($"cards/{wuxi}"))["holder.holderId"];
        Assert.Equal("320200", (await live.Wuxi.GetAsync($"holders/{holder}"))["household"]);
        Assert.Equal("holder-not-found", (await live.Kunming.GetAsync($"holders/{holder}")).Code);
    }

    [Fact]
    public async Task A_second_card_of_one_province_is_told_of_until_one_of_the_two_rests_or_has_ended()
    {
        var (first, id) = await ActiveAsync(live.Wuxi, "320200");
        var second = await RegisteredAsync(live.Wuxi, id, MovingService.Families);
        Assert.Null(await SecondAsync(second));
        await EnableAsync(live.Wuxi, second, id);

        var item = await SecondAsync(second);
        Assert.Equal(first, (string?)item?["otherCardNumber"]);
        Assert.Null(await SecondAsync(first));
        Assert.Contains(
            await EscalationsAsync(), told => (string?)told["cardNumber"] == second && (string?)told["otherCardNumber"] == first);
        Assert.EndsWith("secondCardFound", await live.Wuxi.EventsOfAsync(second), StringComparison.Ordinal);

        (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{first}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);
        Assert.Null(await SecondAsync(second));
        Assert.EndsWith("secondCardSettled", await live.Wuxi.EventsOfAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_card_for_an_old_one_is_no_second_card()
    {
        var (old, id) = await ActiveAsync(live.Wuxi, "320200");
        var reissue = (await live.Wuxi.PostAsync(
            $"cards/{old}/reissues", new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.Accepted)["reissueId"];
        var next = Cards.NextNumber();
        (await live.Bank.PostAsync("card.produced", new { reissueId = reissue, newCardNumber = next })).Expect(HttpStatusCode.NoContent);
        await live.Service.SettleAsync();
        await EnableAsync(live.Wuxi, next, id);
        await SampleHost.EventuallyAsync(async () => (await live.Wuxi.GetAsync($"cards/{old}"))["social.reason"] == "replaced");
        Assert.DoesNotContain("secondCard", await live.Wuxi.EventsOfAsync(next), StringComparison.Ordinal);
        var holder = (await live.Wuxi.GetAsync($"holders/{(await live.Wuxi.GetAsync($"cards/{next}"))["holder.holderId"]}"));
        Assert.Equal([null, old], holder.Body!["cards"]!.AsArray().Select(card => (string?)card!["replaces"]));
    }

    [Fact]
    public async Task Where_the_region_lets_nobody_have_two_a_second_card_of_the_province_is_not_registered()
    {
        var (first, id) = await ActiveAsync(live.Wuxi, "320200");
        var body = Cards.Registration(Cards.NextNumber(), id, MovingService.OneCard);
        (await live.Wuxi.PostAsync("cards", body)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "second-card-in-province");
        Assert.DoesNotContain("secondCard", await live.Wuxi.EventsOfAsync(first), StringComparison.Ordinal);

        var (moved, other) = await ActiveAsync(live.Taiyuan, "140100");
        await RegisteredAsync(live.Wuxi, other, MovingService.OneCard);
        Assert.NotEqual("cancelled", (await live.Taiyuan.GetAsync($"cards/{moved}"))["status"]);
    }

    private async Task<JsonNode?> SecondAsync(string card) =>
        (await live.Operations.GetAsync("work-items?kind=secondCard&limit=500")).Expect(HttpStatusCode.OK).Body!["items"]!.AsArray()
            .FirstOrDefault(item => (string?)item!["cardNumber"] == card);

    private async Task<IReadOnlyList<JsonNode>> EscalationsAsync() =>
    [
        .. (await live.QueueOf("operations-escalations").PeekMessagesAsync(32)).Value
            .Select(message => JsonNode.Parse(Convert.FromBase64String(message.MessageText))!),
    ];

    private async Task MoveAsync(Caller bureau, string id, string region) =>
        await bureau.TellAsync(new { kind = "move", idNumber = id, occurredOn = await live.TodayAsync(), toRegion = region });

    private static async Task<(string Number, string IdNumber)> ActiveAsync(Caller bureau, string region)
    {
        var id = Cards.IdNumber();
        return (await EnabledAsync(bureau, id, region), id);
    }

    private static async Task<string> EnabledAsync(Caller bureau, string id, string region)
    {
        var card = await RegisteredAsync(bureau, id, region);
        await EnableAsync(bureau, card, id);
        return card;
    }

    private static async Task<string> RegisteredAsync(Caller bureau, string id, string region)
    {
        var card = Cards.NextNumber();
        (await bureau.PostAsync("cards", Cards.Registration(card, id, region))).Expect(HttpStatusCode.Created);
        return card;
    }

    private static async Task EnableAsync(Caller bureau, string card, string id)
    {
        (await bureau.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await bureau.PostAsync($"cards/{card}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);
    }
}
