using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.CivilEvents;
using static SocialCard.EndToEnd.Counter.CounterCalls;

namespace SocialCard.EndToEnd.Counter;

/// <summary>A morning at a bureau's counter, where people come and not card numbers.</summary>
[Collection(StandingService.Collection)]
public sealed class CounterMorningTests(StandingService live)
{
    private Caller Desk => live.Wuxi;

    private Caller Bank => Caller.Bank(live.Service);

    [Fact]
    public async Task A_morning_at_the_counter()
    {
        await A_woman_has_lost_her_card_and_with_it_the_number_that_was_printed_on_it();
        await A_foreign_teacher_gets_and_activates_a_card_with_a_passport();
        await A_father_is_recorded_as_dead_who_is_not_the_man_that_died();
        await A_family_moves_to_another_province_and_gets_a_card_there();
        await A_man_with_two_cards_ends_the_one_that_he_can_spare();
    }

    private async Task A_woman_has_lost_her_card_and_with_it_the_number_that_was_printed_on_it()
    {
        var idNumber = Cards.IdNumber();
        var number = await live.ActiveCardAsync(idNumber, "周梅");

        var card = (await Desk.FindAsync(idNumber))["cards"]![0]!;
        Assert.Equal(("active", "reportLoss,applyForNewCard"), ((string?)card["status"], card.Next()));

        // In Wuxi the bank's counter takes it.
        var lost = new { kind = "formal", reason = "lost", scope = "both", channel = "bank", idNumber };
        (await Desk.PostAsync("holders/loss-reports", lost with { channel = "serviceWindow" }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "channel-not-allowed");
        var report = (await Bank.PostAsync("holders/loss-reports", lost)).Expect(HttpStatusCode.Accepted);
        Assert.Equal($"/api/v1/cards/{number}/loss-reports/{report["reportId"]}", $"{report.Headers.Location}");
        Assert.Equal("effective", (await Desk.GetAsync($"{report.Headers.Location}")).Expect(HttpStatusCode.OK)["state"]);
        Assert.Equal("suspended", (await Desk.GetAsync($"cards/{number}"))["status"]);

        var found = await Desk.FindAsync(idNumber);
        Assert.DoesNotContain("reportLoss", found["cards"]![0]!.Next(), StringComparison.Ordinal);
        AssertHas(await Desk.EventsOfHolderAsync(found), "opened", "cardAdded", "registered", "received", "lossReported", "suspended");
    }

    private async Task A_foreign_teacher_gets_and_activates_a_card_with_a_passport()
    {
        var card = Cards.NextNumber();
        var document = new { type = "passport", number = "P" + Cards.NextNumber()[1..], nationality = "USA" };
        Assert.Empty(await Desk.SearchAsync(new { document }));

        var registration = Cards.Registration(card, "", "320200");
        registration["holder"] = JsonNode.Parse(
            $$"""{"document": {"type": "passport", "number": "{{document.number}}", "nationality": "USA"}, "name": "Mary Jane O'Neill"}""");
        (await Desk.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);
        var found = Assert.Single(await Desk.SearchAsync(new { document }));
        Assert.Equal("handOver", found["cards"]![0]!.Next());

        (await Desk.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await Desk.PostAsync($"cards/{card}/activations", new { channel = "serviceWindow", document })).Expect(HttpStatusCode.OK);
        found = Assert.Single(await Desk.SearchAsync(new { document, name = "mary jane o'neill" }));
        Assert.Equal("active", (string?)found["cards"]![0]!["status"]);
        AssertHas(await Desk.EventsOfHolderAsync(found), "opened", "cardAdded", "registered", "received", "socialActivated", "activated");
    }

    private async Task A_father_is_recorded_as_dead_who_is_not_the_man_that_died()
    {
        const string Father = "王建国";
        const string Other = "李大山";
        var idNumber = Cards.IdNumber();
        var fathers = await live.ActiveCardAsync(idNumber, Father);
        var others = await live.ActiveCardAsync(idNumber, Other);
        var before = (await Desk.GetAsync($"cards/{fathers}")).Expect(HttpStatusCode.OK);
        var death = new { kind = "death", idNumber, occurredOn = await live.TodayAsync(), name = (string?)null };

        (await Desk.PostAsync("civil-events", death)).ExpectProblem(HttpStatusCode.Conflict, "holder-ambiguous");
        Assert.Equal(2, (await Desk.SearchAsync(new { idNumber })).Count);

        await Desk.TellAsync(death with { name = Father });
        Assert.Equal("deceased", (await Desk.GetAsync($"cards/{fathers}"))["social.reason"]);
        Assert.Equal("active", (await Desk.GetAsync($"cards/{others}"))["status"]);

        // He stands at the counter himself.
        await Desk.TellAsync(death with { kind = "deathRevoked", name = Father });
        await Desk.TellAsync(death with { name = Other });
        var after = (await Desk.GetAsync($"cards/{fathers}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            (before["status"], before.Body!["social"]!.ToJsonString(), before.Body["financial"]!.ToJsonString()),
            (after["status"], after.Body!["social"]!.ToJsonString(), after.Body["financial"]!.ToJsonString()));
        Assert.Equal("deceased", (await Desk.GetAsync($"cards/{others}"))["social.reason"]);

        var found = Assert.Single(await Desk.SearchAsync(new { idNumber, name = Father }));
        Assert.Equal(("alive", fathers), ((string?)found["status"], (string?)found["cards"]![0]!["cardNumber"]));
        AssertHas(await Desk.EventsOfHolderAsync(found), "holderEnded", "cancelled", "holderRevived");
        found = Assert.Single(await Desk.SearchAsync(new { idNumber, cardNumber = others }));
        Assert.Equal(("deceased", ""), ((string?)found["status"], found["cards"]![0]!.Next()));
        Assert.DoesNotContain("holderRevived", await Desk.EventsOfHolderAsync(found));
    }

    private async Task A_family_moves_to_another_province_and_gets_a_card_there()
    {
        string[] family = [Cards.IdNumber(), Cards.IdNumber()];
        foreach (var idNumber in family)
        {
            var old = await live.ActiveCardAsync(idNumber);
            Assert.Empty(await live.Kunming.SearchAsync(new { idNumber }));
            await live.Kunming.TellAsync(new { kind = "move", idNumber, occurredOn = await live.TodayAsync(), toRegion = "530100" });

            var arrived = await live.Kunming.FindAsync(idNumber);
            Assert.Equal(("530100", "registerCard", 0), ((string?)arrived["household"], arrived.Next(), arrived["cards"]!.AsArray().Count));

            var fresh = Cards.NextNumber();
            (await live.Kunming.PostAsync("cards", Registration(fresh, idNumber, "王小明", "530100"))).Expect(HttpStatusCode.Created);
            (await live.Kunming.PostAsync($"cards/{fresh}/receipt", new { })).Expect(HttpStatusCode.OK);
            Assert.Equal("active", (await Desk.GetAsync($"cards/{old}")).Expect(HttpStatusCode.OK)["status"]);

            arrived = await live.Kunming.FindAsync(idNumber);
            Assert.Equal(("", fresh), (arrived.Next(), (string?)Assert.Single(arrived["cards"]!.AsArray())!["cardNumber"]));
            Assert.Equal(old, (string?)Assert.Single((await Desk.FindAsync(idNumber))["cards"]!.AsArray())!["cardNumber"]);
            AssertHas(await live.Kunming.EventsOfHolderAsync(arrived), "moved", "cardAdded", "registered", "received");
        }
    }

    private async Task A_man_with_two_cards_ends_the_one_that_he_can_spare()
    {
        var idNumber = Cards.IdNumber();
        var spare = await live.ActiveCardAsync(idNumber);
        var ending = new { reason = "spare", channel = "serviceWindow", idNumber };
        (await Desk.PostAsync($"cards/{spare}/cancellation", ending)).ExpectProblem(HttpStatusCode.Conflict, "not-spare");

        var kept = await live.ActiveCardAsync(idNumber);
        Assert.All(
            (await Desk.FindAsync(idNumber))["cards"]!.AsArray(),
            card => Assert.EndsWith("cancelSpare", card!.Next(), StringComparison.Ordinal));

        var ended = (await Desk.PostAsync($"cards/{spare}/cancellation", ending)).Expect(HttpStatusCode.OK);
        Assert.Equal(("cancelled", "spare"), (ended["status"], ended["social.reason"]));
        Assert.Equal("true", (await live.Hospital.GetAsync($"invalid-cards/{spare}"))["invalid"]);
        (await Desk.PostAsync($"cards/{kept}/cancellation", ending)).ExpectProblem(HttpStatusCode.Conflict, "not-spare");
        Assert.Equal("active", (await Desk.GetAsync($"cards/{kept}"))["status"]);

        var found = await Desk.FindAsync(idNumber);
        Assert.Equal("", found["cards"]!.AsArray().Single(card => (string)card!["cardNumber"]! == spare)!.Next());
        AssertHas(await Desk.EventsOfHolderAsync(found), "cardAdded", "registered", "socialActivated", "cardGivenUp", "cancelled");
    }

    private static void AssertHas(IReadOnlyList<string> events, params string[] expected) =>
        Assert.All(expected, type => Assert.Contains(type, events));
}
