using System.Net;
using SocialCard.EndToEnd.Crash;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Reissues;

/// <summary>
/// The host dies at every step of a reissue: as soon as a step is asked for, a random moment later, and again once it is
/// answered. Every request is sent again with its key until it is answered, as partners do.
/// </summary>
[Trait(Category.Name, Category.Crash)]
public sealed class ReissueCrashTests : IAsyncLifetime
{
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("socialcard-regions-");
    private readonly Random random = new(20261122);
    private Azurite azurite = null!;
    private Service service = null!;
    private ReissueCounter wuxi = null!;

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        service = await Service.StartOnAsync(azurite.ConnectionString, await ReissueCounter.SettingsAsync(files));
        wuxi = new(service, azurite.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await azurite.DisposeAsync();
        files.Delete(recursive: true);
    }

    [Fact]
    public async Task Killed_at_every_step_it_orders_one_card_asks_one_fee_and_loses_neither_card()
    {
        for (var life = 0; life < 2; life++)
        {
            var (old, id) = await wuxi.ActiveAsync();
            var number = Cards.NextNumber();

            var reissue = (await DyingAsync(key => wuxi.TryFileAsync(old, id, "damaged", key)))["reissueId"]!;
            await DyingAsync(key => wuxi.PayAsync(old, reissue, key));
            await DyingAsync(key => wuxi.ProduceAsync(reissue, number, key));
            await wuxi.UntilAsync(old, reissue, "ready");
            await DyingAsync(key => wuxi.Bureau.PostAsync($"cards/{number}/receipt", new { }, key));
            await wuxi.UntilAsync(old, reissue, "received");
            await DyingAsync(key => wuxi.Hospital.PostAsync(
                $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }, key));
            await wuxi.UntilAsync(old, reissue, "completed");

            Assert.Equal([$"{reissue}-1"], (await wuxi.OrdersAsync(reissue)).Distinct());
            Assert.Equal(
                [
                    "registered", "received", "socialActivated", "activated", "reissueFiled", "reissueFeePaid", "productionOrdered",
                    "newCardProduced", "newCardReady", "newCardReceived", "cancelled", "reissueCompleted",
                ],
                await wuxi.StoryAsync(old));
            Assert.Equal(
                ["registered", "replacementIssued", "received", "socialActivated", "activated", "firstUsed"],
                await wuxi.StoryAsync(number));
            var (before, after) = (await wuxi.CardAsync(old), await wuxi.CardAsync(number));
            Assert.Equal(
                ("cancelled", number, "active", old), (before["status"], before["replacedBy"], after["status"], after["replaces"]));
        }

        // The workflow's last step is seen before what it has to tell is delivered.
        await SampleHost.EventuallyAsync(
            async () => (await StoredCard.ReadAllAsync(azurite.ConnectionString)).Values.All(card => card.Outbox.Count == 0));
    }

    /// <summary>
    /// Sends a request, kills the host while it is on its way, starts it, and sends the request again until it is answered; then kills it
    /// once more.
    /// </summary>
    private async Task<Answer> DyingAsync(Func<string, Task<Answer>> send)
    {
        var key = Guid.NewGuid().ToString("N");
        var first = send(key);
        await Task.WhenAny(first, Task.Delay(random.Next(30)));
        await service.KillAsync();
        try
        {
            await first;
        }
        catch (HttpRequestException)
        {
            // The host died with the request in its hands.
        }

        await service.RestartAsync();
        var answer = await send(key);
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent, answer.Body?.ToJsonString());
        await service.KillAsync();
        await service.RestartAsync();
        return answer;
    }
}
