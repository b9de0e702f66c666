using System.Text.Json.Nodes;
using SocialCard.Embedded;

namespace SocialCard.EndToEnd.Crash;

/// <summary>A copy of the built host with a host.json of its own.</summary>
internal sealed class HostFolder : IDisposable
{
    private static readonly DirectoryInfo Built = new FileInfo(typeof(EmbeddedHost).Assembly.Location).Directory!;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("socialcard-host-");

    /// <param name="storageProvider">The settings of the distributed engine's storage, in place of those of the built host.</param>
    public HostFolder(JsonObject storageProvider)
    {
        foreach (var file in Built.GetFiles("*.dll").Concat(Built.GetFiles("*.json")))
        {
            file.CopyTo(Path.Combine(FullName, file.Name));
        }

        var samples = folder.CreateSubdirectory("sample-data");
        foreach (var file in new DirectoryInfo(Path.Combine(Built.FullName, samples.Name)).GetFiles())
        {
            file.CopyTo(Path.Combine(samples.FullName, file.Name));
        }

        var path = Path.Combine(FullName, "host.json");
        var settings = JsonNode.Parse(File.ReadAllText(path))!;
        settings["extensions"]!["durableTask"]!["storageProvider"] = storageProvider;
        File.WriteAllText(path, settings.ToJsonString());
    }

    public string FullName => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
