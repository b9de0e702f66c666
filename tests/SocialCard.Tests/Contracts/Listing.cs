using System.Reflection;
using System.Text.RegularExpressions;

namespace SocialCard.Tests.Contracts;

/// <summary>The public surface of packages, read from text: a line for each type, below it an indented line for each member.</summary>
internal sealed partial class Listing(IEnumerable<TypeSurface> types)
{
    private readonly Dictionary<string, TypeSurface> types = types.ToDictionary(type => type.Name);

    public IEnumerable<string> TypeNames => types.Keys;

    /// <summary>The listings in the folder Listings, as one.</summary>
    public static Listing Committed { get; } = Parse(CommittedLines());

    public TypeSurface? Find(string name) => types.GetValueOrDefault(name);

    public static Listing Parse(IEnumerable<string> lines)
    {
        List<TypeSurface> types = [];
        List<string> members = [];
        foreach (string line in lines.Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                members.Add(line.Trim().Replace("  [obsolete]", "", StringComparison.Ordinal));
            }
            else
            {
                members = [];
                types.Add(ParseType(line, members));
            }
        }

        return new(types);
    }

    private static TypeSurface ParseType(string line, List<string> members)
    {
        Match match = TypeLine().Match(line);
        return match.Success
            ? new(
                match.Groups["name"].Value,
                match.Groups["kind"].Value,
                SplitOutsideBrackets(match.Groups["bases"].Value).ToHashSet(),
                members)
            : throw new FormatException($"Neither a type nor a member: {line}");
    }

    private static IEnumerable<string> CommittedLines()
    {
        Assembly assembly = typeof(Listing).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Listings/", StringComparison.Ordinal)))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
            while (reader.ReadLine() is { } line)
            {
                yield return line;
            }
        }
    }

    // The arguments of a generic type are delimited by commas too.
    private static IEnumerable<string> SplitOutsideBrackets(string names)
    {
        int start = 0;
        int depth = 0;
        for (int index = 0; index < names.Length; index++)
        {
            depth += names[index] switch { '<' => 1, '>' => -1, _ => 0 };
            if (names[index] == ',' && depth == 0)
            {
                yield return names[start..index];
                start = index + ", ".Length;
            }
        }

        if (start < names.Length)
        {
            yield return names[start..];
        }
    }

    [GeneratedRegex("^(?<kind>((abstract|sealed|static) )?(class|struct|interface|enum)) (?<name>[^:]+?)( : (?<bases>.+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeLine();
}
