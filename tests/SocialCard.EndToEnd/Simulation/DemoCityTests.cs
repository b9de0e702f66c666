using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Console;

namespace SocialCard.EndToEnd.Simulation;

[Collection(ConsoleService.Collection)]
public sealed class DemoCityTests(DemoService demo)
{
    private const int Cards = 300;

    [Fact]
    public async Task A_city_has_lived_through_a_year_and_every_screen_shows_something()
    {
        var operations = Caller.Operations(demo.Service);

        var cards = new List<Answer>();
        for (var index = 0; index < Cards; index++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"W{index:D8}");
            cards.Add((await operations.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK));
        }

        foreach (var status in new[] { "issued", "awaitingActivation", "active", "suspended", "cancelled" })
        {
            Assert.Contains(cards, card => card["status"] == status);
        }

        foreach (var reason in new[] { "temporaryLoss", "formalLoss", "activationExpired", "passwordLocked", "replaced", "deceased" })
        {
            Assert.Contains(cards, card => card["social.reason"] == reason);
        }

        Assert.Contains(cards, card => card["financial.state"] == "active");
        foreach (var kind in new[] { "employerReview", "electronicCardReview", "unclaimedCard" })
        {
            await ShowsAsync($"work-items?kind={kind}");
        }

        foreach (var kind in new[] { "activation", "reissue", "lossReport", "electronicCard", "employerReview", "validity" })
        {
            await ShowsAsync($"operations/workflows?kind={kind}");
        }

        foreach (var state in new[] { "open", "taken", "closed" })
        {
            await ShowsAsync($"operations/escalations?state={state}");
        }

        foreach (var outcome in new[] { "taken", "refused" })
        {
            await ShowsAsync($"operations/webhook-deliveries?outcome={outcome}");
        }

        await ShowsAsync("operations/due", "days");
        await ShowsAsync("operations/statistics?regionCode=320000", "days");

        // The trouble of the day: it is tried five times before it is put aside.
        await Host.SampleHost.EventuallyAsync(async () => (await ListAsync("operations/queues/card-usages/poison", "items")).Count == 2);

        async Task ShowsAsync(string path, string list = "items") =>
            Assert.True((await ListAsync(path, list)).Count > 0, $"{path} shows nothing.");

        async Task<JsonArray> ListAsync(string path, string list) =>
            (await operations.GetAsync(path)).Expect(HttpStatusCode.OK).Body![list]!.AsArray();
    }
}
