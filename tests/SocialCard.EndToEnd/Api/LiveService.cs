using System.Net;
using Azure.Storage.Queues;
using SocialCard.Domain.Kernel;

namespace SocialCard.EndToEnd.Api;

/// <summary>
/// A running service with its storage and the partners that the sample data lacks: a hospital and a pharmacy of Wuxi, where the rule of
/// the nation holds (any enabled application stops the clock), and those of Kunming, where Yunnan's does.
/// </summary>
public abstract class LiveService : IAsyncLifetime
{
    private const string Usages = "card-usages";

    public Azurite Azurite { get; private set; } = null!;

    internal Service Service { get; private set; } = null!;

    internal Caller Operations => Caller.Operations(Service);

    internal Caller Taiyuan => Caller.Bureau(Service);

    internal Caller Wuxi => new(Service, "local-bureau-wuxi-key");

    internal Caller Kunming => new(Service, KeyOf("bureau-kunming"));

    internal Caller Hospital => new(Service, KeyOf("hospital-wuxi"));

    internal Caller Pharmacy => new(Service, KeyOf("pharmacy-wuxi"));

    internal BankCaller Bank => BankCaller.Icbc(Service);

    public virtual async Task InitializeAsync()
    {
        Azurite = await Azurite.StartAsync();
        Service = await StartAsync(Azurite);
        await RegisterPartnerAsync("bureau-kunming", "bureau", "530100");
        await RegisterPartnerAsync("hospital-wuxi", "hospital", "320200");
        await RegisterPartnerAsync("pharmacy-wuxi", "pharmacy", "320200");
    }

    public virtual async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Azurite.DisposeAsync();
    }

    /// <summary>Registers a partner as operations do, and calls as it at once.</summary>
    internal async Task<Caller> RegisterPartnerAsync(string id, string role, string? region)
    {
        (await Operations.PutAsync($"partners/{id}", new { role, apiKey = KeyOf(id), regionCode = region }))
            .Expect(HttpStatusCode.NoContent);
        return new(Service, KeyOf(id));
    }

    /// <summary>Puts a report on the queue, as a gateway does.</summary>
    internal Task ReportUsageAsync(object usage) => ReportRawAsync(
        Convert.ToBase64String(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(usage, SocialCardJson.Options)));

    /// <summary>Puts a text on the queue as it is.</summary>
    internal async Task ReportRawAsync(string message) => await QueueOf(Usages).SendMessageAsync(message);

    /// <summary>A queue of the service whose messages are seen as they are stored.</summary>
    internal QueueClient QueueOf(string name) => new(Azurite.ConnectionString, name);

    private protected abstract Task<Service> StartAsync(Azurite azurite);

    private static string KeyOf(string partnerId) => $"key-of-{partnerId}-that-only-it-knows";
}

/// <summary>A service whose clock is not moved: a card that is received stays in its first day.</summary>
public sealed class StandingService : LiveService
{
    public const string Collection = "A service at work";

    private protected override Task<Service> StartAsync(Azurite azurite) => Service.StartOnAsync(
        azurite.ConnectionString, ("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000"));
}

[CollectionDefinition(StandingService.Collection)]
public sealed class SharedStandingService : ICollectionFixture<StandingService>;
