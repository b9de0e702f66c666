using System.Text.Json;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Partners;

namespace SocialCard.Embedded;

/// <summary>The partners that a fresh storage begins with. Their keys are printed in the repository: they are for local use only.</summary>
internal static class SamplePartners
{
    /// <summary>Reads partners.json of a folder.</summary>
    /// <exception cref="HostStartException">The file is missing or not what it should be.</exception>
    public static async Task<IReadOnlyList<PartnerRegistration>> ReadAsync(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "partners.json");
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<List<PartnerRegistration>>(file, SocialCardJson.Strict, cancellation) ?? [];
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            throw new HostStartException($"{path}: {ConsoleLine.Of(fault.Message)}", fault);
        }
    }

    /// <summary>Stores them where there is no partner at all; false where there is one.</summary>
    public static async Task<bool> SeedAsync(IServiceProvider services, string folder, CancellationToken cancellation) =>
        await services.GetRequiredService<PartnerRepository>().SeedAsync(await ReadAsync(folder, cancellation), cancellation);
}
