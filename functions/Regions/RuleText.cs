namespace SocialCard.Regions;

/// <summary>The text of a file of rules.</summary>
internal sealed record RuleText(string File, string Json)
{
    /// <summary>The file that ships inside the assembly, and then the one that operators lay over it.</summary>
    public static IEnumerable<RuleText> Layers(string embedded, string? overridesPath)
    {
        using var stream = typeof(RuleText).Assembly.GetManifestResourceStream(embedded)
            ?? throw new FileNotFoundException($"The assembly does not contain {embedded}.");
        using var reader = new StreamReader(stream);
        yield return new RuleText(embedded, reader.ReadToEnd());
        if (!string.IsNullOrEmpty(overridesPath))
            yield return OnDisk(overridesPath);
    }

    private static RuleText OnDisk(string path)
    {
        try
        {
            return new RuleText(path, System.IO.File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegionsFileException(path, [$"$: {e.Message}"]);
        }
    }
}
