using System.Globalization;
using System.Net;

namespace SocialCard.EndToEnd.Simulation;

public sealed class DemoCityTests
{
    [Fact]
    public async Task A_city_has_lived_through_a_year_and_every_list_shows_something()
    {
        await using var service = await Service.StartDemoAsync();
        var operations = Caller.Operations(service);

        foreach (var kind in new[] { "employerReview", "electronicCardReview", "unclaimedCard" })
        {
            Assert.NotEmpty(await ItemsAsync($"work-items?kind={kind}"));
        }

        Assert.NotEmpty(await ItemsAsync("operations/workflows?kind=activation"));
        Assert.Contains(
            await ItemsAsync("operations/webhook-deliveries"), line => line.Contains("refused", StringComparison.Ordinal));
        await AnyCardAsync("activationExpired");
        await AnyCardAsync("formalLoss");
        await AnyCardAsync("passwordLocked");

        // The trouble of the day: it is tried five times before it is put aside.
        await Host.SampleHost.EventuallyAsync(async () => (await ItemsAsync("operations/queues/card-usages/poison")).Count == 2);

        async Task<List<string>> ItemsAsync(string path) =>
            [.. (await operations.GetAsync(path)).Expect(HttpStatusCode.OK).Body!["items"]!.AsArray().Select(item => item!.ToJsonString())];

        // Fails with a 404 behind the last card of the city.
        async Task AnyCardAsync(string reason)
        {
            for (var index = 0; await ReasonOfAsync(index) != reason; index++)
            {
            }
        }

        async Task<string?> ReasonOfAsync(int index) =>
            (await operations.GetAsync(string.Create(CultureInfo.InvariantCulture, $"cards/W{index:D8}")))
                .Expect(HttpStatusCode.OK)["social.reason"];
    }
}
