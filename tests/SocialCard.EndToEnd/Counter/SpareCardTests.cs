using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Counter;

/// <summary>Ending a card that its holder can spare.</summary>
[Collection(StandingService.Collection)]
public sealed class SpareCardTests(StandingService live)
{
    private const int Races = 10;

    [Fact]
    public Task Of_two_cards_that_two_counters_end_at_once_one_stays() => Task.WhenAll(Enumerable.Range(0, Races).Select(async _ =>
    {
        var idNumber = Cards.IdNumber();
        string[] cards = [await live.ActiveCardAsync(idNumber), await live.ActiveCardAsync(idNumber)];
        var answers = await Task.WhenAll(cards.Select(card => EndAsync(card, idNumber)));

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK);
        var refused = Assert.Single(answers, answer => answer.Status is not HttpStatusCode.OK).Expect(HttpStatusCode.Conflict);
        Assert.Contains(refused.Code, (string[])["card-being-ended", "not-spare"]);
        var left = await Task.WhenAll(cards.Select(card => live.Wuxi.GetAsync($"cards/{card}")));
        Assert.Equal(["active", "cancelled"], left.Select(card => card["status"]).Order(StringComparer.Ordinal));
    }));

    [Fact]
    public async Task It_ends_once_and_only_for_its_holder_at_the_bureau()
    {
        var idNumber = Cards.IdNumber();
        var (spare, kept) = (await live.ActiveCardAsync(idNumber), await live.ActiveCardAsync(idNumber));
        (await EndAsync(spare, Cards.IdNumber())).ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await live.Kunming.PostAsync($"cards/{spare}/cancellation", Body(idNumber)))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await Caller.Bank(live.Service).PostAsync($"cards/{spare}/cancellation", Body(idNumber)))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.DoesNotContain("cardGivenUp", await live.Wuxi.EventsOfHolderAsync(await live.Wuxi.FindAsync(idNumber)));

        var key = Guid.NewGuid().ToString("N");
        (await EndAsync(spare, idNumber, key)).Expect(HttpStatusCode.OK);
        Assert.True((await EndAsync(spare, idNumber, key)).Expect(HttpStatusCode.OK).IsReplayed);
        (await EndAsync(spare, idNumber)).Expect(HttpStatusCode.OK);
        Assert.Single(await live.Wuxi.EventsOfHolderAsync(await live.Wuxi.FindAsync(idNumber)), type => type == "cardGivenUp");
        Assert.EndsWith(",cancelled", await live.Wuxi.EventsOfAsync(spare), StringComparison.Ordinal);
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{kept}"))["status"]);
    }

    private static object Body(string idNumber) => new { reason = "spare", channel = "serviceWindow", idNumber };

    private Task<Answer> EndAsync(string card, string idNumber, string? key = null) =>
        live.Wuxi.PostAsync($"cards/{card}/cancellation", Body(idNumber), key);
}
