namespace SocialCard.Embedded.Storage;

/// <summary>Where the host keeps things on this machine: inside the repository it was built from, else in the current directory.</summary>
/// <param name="Data">Azurite's files and the key ring.</param>
/// <param name="Tools">The folder of package.json and azurite.mjs, into which Azurite is installed.</param>
internal sealed record LocalFolders(string Data, string Tools)
{
    public static LocalFolders Find(string? data)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "SocialCard.sln")))
        {
            root = root.Parent;
        }

        return new LocalFolders(
            data ?? Path.Combine(root?.FullName ?? Environment.CurrentDirectory, ".azurite"),
            root is null ? AppContext.BaseDirectory : Path.Combine(root.FullName, "infra", "embedded"));
    }
}
