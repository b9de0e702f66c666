namespace SocialCard.EndToEnd.Api;

/// <summary>A service whose requests to the storage are counted, and whose partners may call thirty times at once.</summary>
public sealed class MeasuredService : LiveService
{
    public const string Collection = "A service under observation";

    public const int Burst = 30;

    internal StorageProxy Storage { get; private set; } = null!;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Storage.DisposeAsync();
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        Storage = await StorageProxy.StartAsync(azurite);
        return await Service.StartOnAsync(
            Storage.ConnectionString,
            ("RateLimit__PerSecond", "2"),
            ("RateLimit__Burst", Burst.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}

[CollectionDefinition(MeasuredService.Collection)]
public sealed class SharedMeasuredService : ICollectionFixture<MeasuredService>;
