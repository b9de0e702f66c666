using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Operations;

/// <summary>
/// A service as operations look after it, on queues of its own. In Wuxi they have set values of their own: two weeks until a card must be
/// activated, and a new card costs nothing.
/// </summary>
public sealed class OperationsService : LiveService
{
    public const string Collection = "A service that operations look after";

    private readonly FileInfo regions = new(Path.GetTempFileName());

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        regions.Delete();
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        await File.WriteAllTextAsync(regions.FullName, """
            { "regions": { "320200": { "name": "Wuxi",
              "activation": { "deadline": { "value": "14 days", "note": "a trial" } },
              "reissue": { "feeYuan": { "value": 0 } } } } }
            """);
        return await Service.StartOnAsync(
            azurite.ConnectionString,
            ("Regions__File", regions.FullName),
            ("RateLimit__PerSecond", "100000"),
            ("RateLimit__Burst", "100000"),
            ("SignIn__AppService", "true"));
    }
}

[CollectionDefinition(OperationsService.Collection)]
public sealed class SharedOperationsService : ICollectionFixture<OperationsService>;
