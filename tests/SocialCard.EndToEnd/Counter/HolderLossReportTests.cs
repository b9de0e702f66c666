using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Counter;

/// <summary>The loss report of a person who knows no card number.</summary>
[Collection(StandingService.Collection)]
public sealed class HolderLossReportTests(StandingService live)
{
    private const string Path = "holders/loss-reports";

    private Caller Hotline => Caller.Hotline(live.Service);

    [Fact]
    public async Task Of_several_cards_he_says_which_and_a_repetition_is_of_the_same()
    {
        var (first, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var second = Cards.NextNumber();
        (await live.Kunming.PostAsync("cards", Cards.Registration(second, idNumber, "530100", "bank-ccb"))).Expect(HttpStatusCode.Created);
        (await live.Kunming.PostAsync($"cards/{second}/receipt", new { })).Expect(HttpStatusCode.OK);
        var lost = new Dictionary<string, object?>
        {
            ["kind"] = "temporary",
            ["reason"] = "lost",
            ["scope"] = "social",
            ["channel"] = "phone",
            ["idNumber"] = idNumber,
        };
        (await Hotline.PostAsync(Path, lost)).ExpectProblem(HttpStatusCode.Conflict, "card-ambiguous");
        (await Hotline.PostAsync(Path, new Dictionary<string, object?>(lost) { ["regionCode"] = "140000" }))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await Hotline.PostAsync(Path, new Dictionary<string, object?>(lost) { ["regionCode"] = "990000" }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "regionCode");

        var key = Guid.NewGuid().ToString("N");
        var said = new Dictionary<string, object?>(lost) { ["bankId"] = "bank-icbc" };
        var report = (await Hotline.PostAsync(Path, said, key)).Expect(HttpStatusCode.Accepted);
        Assert.Equal($"/api/v1/cards/{first}/loss-reports/{report["reportId"]}", $"{report.Headers.Location}");
        Assert.Equal("suspended", (await live.Wuxi.GetAsync($"cards/{first}"))["status"]);
        Assert.Equal("awaitingActivation", (await live.Kunming.GetAsync($"cards/{second}"))["status"]);

        var again = (await Hotline.PostAsync(Path, said, key)).Expect(HttpStatusCode.Accepted);
        Assert.True(again.IsReplayed);
        Assert.Equal(report.Headers.Location, again.Headers.Location);
        (await Hotline.PostAsync(Path, new Dictionary<string, object?>(lost) { ["bankId"] = "bank-ccb" }, key))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await Hotline.PostAsync(Path, said)).ExpectProblem(HttpStatusCode.Conflict, "loss-already-reported");

        // Each bureau has one of them in its scope.
        (await live.Kunming.PostAsync(
            Path, new { kind = "formal", reason = "lost", scope = "both", channel = "kiosk", idNumber, cardNumber = first }))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
    }

    [Fact]
    public async Task A_repetition_is_of_the_card_that_took_it_although_another_is_the_only_one_by_now()
    {
        var idNumber = Cards.IdNumber();
        var first = await live.ActiveCardAsync(idNumber);
        var lost = new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber };
        var key = Guid.NewGuid().ToString("N");
        var report = (await Hotline.PostAsync(Path, lost, key)).Expect(HttpStatusCode.Accepted);

        var second = await live.ActiveCardAsync(idNumber);
        (await live.Wuxi.PostAsync($"cards/{first}/cancellation", new { reason = "spare", channel = "serviceWindow", idNumber }))
            .Expect(HttpStatusCode.OK);
        var again = (await Hotline.PostAsync(Path, lost, key)).Expect(HttpStatusCode.Accepted);
        Assert.Equal((true, report.Headers.Location), (again.IsReplayed, again.Headers.Location));
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{second}"))["status"]);
    }

    [Fact]
    public async Task Who_is_not_found_or_shares_his_number_is_told_so_and_the_region_s_rules_hold()
    {
        var idNumber = Cards.IdNumber();
        var lost = new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber, name = (string?)null };
        (await Hotline.PostAsync(Path, lost)).ExpectProblem(HttpStatusCode.NotFound, "holder-not-found");

        var number = await live.ActiveCardAsync(idNumber, "王建国");
        await live.ActiveCardAsync(idNumber, "李大山");
        (await Hotline.PostAsync(Path, lost)).ExpectProblem(HttpStatusCode.Conflict, "holder-ambiguous");
        (await Hotline.PostAsync(Path, lost with { name = "赵四" })).ExpectProblem(HttpStatusCode.NotFound, "holder-not-found");
        (await live.Kunming.PostAsync(Path, lost with { channel = "kiosk" })).ExpectProblem(HttpStatusCode.NotFound, "holder-not-found");
        (await live.Wuxi.PostAsync(Path, lost)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");

        var report = (await Hotline.PostAsync(Path, lost with { name = "王建国" })).Expect(HttpStatusCode.Accepted);
        Assert.Contains($"/cards/{number}/", $"{report.Headers.Location}", StringComparison.Ordinal);
    }
}
