using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Migration;

/// <summary>Today's service, started on the rows and with the keys of version 1.0, at the instant at which that was stopped.</summary>
public sealed class RestoredService : LiveService
{
    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("socialcard-keys-1.0-");

    internal City City { get; } = City.Read();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        keys.Delete(recursive: true);
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        StoredRows.CopyKeys(keys);
        await StoredRows.RestoreAsync(azurite.ConnectionString, City.Now);
        return await Service.StartOnAsync(
            azurite.ConnectionString,
            ("Keys__Directory", keys.FullName),
            ("RateLimit__PerSecond", "100000"),
            ("RateLimit__Burst", "100000"));
    }
}
