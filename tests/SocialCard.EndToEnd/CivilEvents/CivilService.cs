using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.CivilEvents;

/// <summary>A service in which a new password waits two hours in Taiyuan, and which may be killed.</summary>
public sealed class CivilService : LiveService
{
    private readonly FileInfo regions = new(Path.GetTempFileName());

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        regions.Delete();
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        await File.WriteAllTextAsync(regions.FullName, """
            { "regions": { "140100": { "name": "Taiyuan", "passwords": { "social": { "effectiveDelay": {
              "reset": { "value": { "any": "2 hours" } } } } } } } }
            """);
        return await Service.StartOnAsync(
            azurite.ConnectionString,
            ("Regions__File", regions.FullName),
            ("RateLimit__PerSecond", "10000"),
            ("RateLimit__Burst", "10000"));
    }
}
