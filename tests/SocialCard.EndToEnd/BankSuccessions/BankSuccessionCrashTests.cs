using System.Net;
using SocialCard.EndToEnd.Crash;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.BankSuccessions;

/// <summary>The host dies again and again while a bank's cards move.</summary>
[Trait(Category.Name, Category.Crash)]
public sealed class BankSuccessionCrashTests : IAsyncLifetime
{
    private const int Cards = 150;
    private const string Path = "partners/bank-icbc/succession";

    private readonly Random random = new(20261126);
    private Azurite azurite = null!;
    private Service service = null!;

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        service = await Service.StartOnAsync(azurite.ConnectionString, ("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000"));
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task Killed_in_the_middle_it_moves_each_card_once_and_counts_each_once()
    {
        await Parallel.ForAsync(0, Cards, async (_, _) => await EndToEnd.Cards.RegisteredAsync(Caller.Bureau(service)));
        (await Caller.Operations(service).PostAsync(Path, new { successor = "bank-ccb" })).Expect(HttpStatusCode.OK);

        for (var deaths = 0; deaths < 4; deaths++)
        {
            await Task.Delay(random.Next(400));
            await service.KillAsync();
            await service.RestartAsync();
        }

        await SampleHost.EventuallyAsync(async () => (await Caller.Operations(service).GetAsync(Path))["state"] == "completed");
        Assert.Equal($"{Cards}", (await Caller.Operations(service).GetAsync(Path))["moved"]);
        await SampleHost.EventuallyAsync(
            async () => (await StoredCard.ReadAllAsync(azurite.ConnectionString)).Values.All(card => card.Outbox.Count == 0));
        var stored = await StoredCard.ReadAllAsync(azurite.ConnectionString);
        Assert.Equal(Cards, stored.Count);
        Assert.All(stored.Values, card => Assert.Single(card.Timeline, line => line.Type == "cardBankChanged"));
    }
}
