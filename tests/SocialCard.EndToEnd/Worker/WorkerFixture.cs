using System.Net;
using System.Text.Json;
using SocialCard.EndToEnd.Api;
using SocialCard.Functions.Partners;

namespace SocialCard.EndToEnd.Worker;

/// <summary>The built app under a Functions host on a storage that can be taken away, with a bureau, a hospital and a bank.</summary>
public sealed class WorkerFixture : IAsyncLifetime
{
    public const string Collection = "The built app under a Functions host";

    /// <summary>The region of the bureau and the hospital.</summary>
    public const string Region = "320200";

    private const string Operations = "operations";

    private const string Hospital = "hospital-wuxi";

    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("socialcard-keys-");

    public Azurite Azurite { get; private set; } = null!;

    internal StorageProxy Storage { get; private set; } = null!;

    internal FunctionsHost Host { get; private set; } = null!;

    internal HostedWorker Worker { get; private set; } = null!;

    internal Caller Bureau => BureauAt(Worker);

    public async Task InitializeAsync()
    {
        Azurite = await Azurite.StartAsync();
        Storage = await StorageProxy.StartAsync(Azurite);
        Host = await FunctionsHost.StartAsync();
        Worker = await StartWorkerAsync();
        await RegisterPartnerAsync("bureau-wuxi", "bureau", Region);
        await RegisterPartnerAsync(Hospital, "hospital", Region);
        await RegisterPartnerAsync("bank-icbc", "bank", null, "whsec_4TucFEP8tWn/i8///8bkhbKRKYCeTFEu5umH+Wu+q+Y=");
    }

    public async Task DisposeAsync()
    {
        if (Worker is not null)
        {
            await Worker.DisposeAsync();
        }

        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        if (Storage is not null)
        {
            await Storage.DisposeAsync();
        }

        if (Azurite is not null)
        {
            await Azurite.DisposeAsync();
        }

        keys.Delete(recursive: true);
    }

    /// <summary>The bureau at another instance of the app.</summary>
    internal static Caller BureauAt(HostedWorker worker) => new(worker, KeyOf("bureau-wuxi"));

    /// <summary>Starts one more instance of the app on the same storage and keys.</summary>
    internal Task<HostedWorker> StartWorkerAsync() => HostedWorker.StartAsync(
        Host,
        [
            ("AzureWebJobsStorage", Storage.ConnectionString),
            ("Keys__Directory", keys.FullName),
            ("Partners__OperationsKeyHash", PartnerRepository.HashOf(KeyOf(Operations))),
            ("RateLimit__PerSecond", "100000"),
            ("RateLimit__Burst", "100000"),
        ]);

    /// <summary>The hospital's report that a card was used just now, as the trigger hands it over.</summary>
    internal static TypedData UsageOf(string cardNumber) => new()
    {
        String = JsonSerializer.Serialize(new
        {
            messageId = Guid.NewGuid().ToString("N"),
            partnerId = Hospital,
            cardNumber,
            occasion = "outpatient",
            occurredAt = DateTimeOffset.UtcNow,
        }),
    };

    private static string KeyOf(string partnerId) => $"key-of-{partnerId}-that-only-it-knows";

    private async Task RegisterPartnerAsync(string id, string role, string? regionCode, string? webhookSecret = null)
    {
        var body = new { role, apiKey = KeyOf(id), webhookSecret, regionCode };
        (await new Caller(Worker, KeyOf(Operations)).PutAsync($"partners/{id}", body)).Expect(HttpStatusCode.NoContent);
    }
}

[CollectionDefinition(WorkerFixture.Collection)]
public sealed class SharedWorker : ICollectionFixture<WorkerFixture>;
