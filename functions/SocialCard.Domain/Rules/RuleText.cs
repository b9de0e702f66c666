namespace SocialCard.Domain.Rules;

/// <summary>The text of a file of rules.</summary>
/// <param name="File">What faults call it.</param>
/// <param name="Json">What stands in it.</param>
public sealed record RuleText(string File, string Json)
{
    /// <summary>The file that ships inside the assembly, and then the one that operators lay over it.</summary>
    internal static IEnumerable<RuleText> Layers(string embedded, RuleText? operators)
    {
        using var stream = typeof(RuleText).Assembly.GetManifestResourceStream(embedded)
            ?? throw new FileNotFoundException($"The assembly does not contain {embedded}.");
        using var reader = new StreamReader(stream);
        yield return new RuleText(embedded, reader.ReadToEnd());
        if (operators is not null)
        {
            yield return operators;
        }
    }
}
