using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Reissues;

/// <summary>A service with the rules of <see cref="ReissueCounter"/>.</summary>
public sealed class ReissueService : LiveService
{
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("socialcard-regions-");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        files.Delete(recursive: true);
    }

    private protected override async Task<Service> StartAsync(Azurite azurite) =>
        await Service.StartOnAsync(azurite.ConnectionString, await ReissueCounter.SettingsAsync(files));
}
