using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Proofs;

/// <summary>A service whose Wuxi takes every command by every channel that there is for it, and asks for a proof each time.</summary>
public sealed class ProofService : LiveService
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
            { "regions": { "320200": { "name": "Wuxi",
              "identity": { "temporaryLoss": { "value": ["queryPassword", "callBack"] } },
              "activation": { "social": { "channels": { "value": ["hospital", "serviceWindow", "online", "phone"] } } },
              "passwords": { "social": {
                "effectiveDelay": { "reset": { "value": { "any": "2 hours" } } },
                "channels": {
                  "reset": { "value": ["serviceWindow", "online", "phone"] },
                  "unlock": { "value": ["serviceWindow", "online", "phone"] } } } },
              "lossReports": {
                "temporary": {
                  "social": { "channels": { "value": ["serviceWindow", "online", "phone"] } },
                  "release": { "channels": { "value": ["serviceWindow", "online", "phone"] } } },
                "formal": {
                  "social": { "channels": { "value": ["serviceWindow", "online", "phone"] } },
                  "release": { "channels": { "value": ["serviceWindow", "online", "phone"] } } } },
              "reissue": { "feeYuan": { "value": 15 } },
              "temporaryCard": {
                "offered": { "value": true }, "validity": { "value": "60 days" }, "maximum": { "value": "6 months" },
                "extensionChannels": { "value": ["serviceWindow", "online", "phone"] } },
              "familySharing": { "consentWithin": { "value": "3 days" } } } } }
            """);
        return await Service.StartOnAsync(
            azurite.ConnectionString,
            ("Regions__File", regions.FullName),
            ("RateLimit__PerSecond", "100000"),
            ("RateLimit__Burst", "100000"));
    }
}
