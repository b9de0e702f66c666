using System.Text.RegularExpressions;

namespace SocialCard.Tests.Contracts;

/// <summary>
/// Whether code that compiles against a declaration also compiles against the package: whatever is declared must be
/// listed, and whatever the listing says is abstract must be declared, or no heir of the declaration could be complete.
/// </summary>
internal static partial class Conformance
{
    /// <summary>A sentence for each difference.</summary>
    public static IReadOnlyList<string> Deviations(TypeSurface declared, Listing listing)
        => listing.Find(declared.Name) is { } listed
            ? [.. Deviations(declared, listed)]
            : [$"{declared.Name} is not listed. Nearest: {Nearest(declared.Name, listing.TypeNames)}"];

    private static IEnumerable<string> Deviations(TypeSurface declared, TypeSurface listed)
    {
        if (declared.Kind != listed.Kind)
        {
            yield return $"{declared.Name} is declared as {declared.Kind}. Listed: {listed.Kind}";
        }

        if (!declared.Bases.SetEquals(listed.Bases))
        {
            yield return $"{declared.Name} is declared as a {string.Join(", ", declared.Bases)}. Listed: {string.Join(", ", listed.Bases)}";
        }

        foreach (string member in declared.Members.Where(member => !IsListed(member, listed)))
        {
            yield return $"{declared.Name} declares '{member}', which is not listed. Nearest: '{Nearest(member, listed.Members)}'";
        }

        HashSet<string> told = [.. declared.Members, .. declared.Members.Select(WithoutConstraints)];
        foreach (string member in listed.Members.Where(member => Abstract().IsMatch(member) && !told.Contains(member)))
        {
            yield return $"{declared.Name} lacks '{member}', which is abstract. Nearest: '{Nearest(member, declared.Members)}'";
        }
    }

    // Not every listing tells the constraints of a generic method.
    private static bool IsListed(string member, TypeSurface listed)
        => listed.Members.Contains(member) || listed.Members.Contains(WithoutConstraints(member));

    private static string WithoutConstraints(string member) => Constraints().Replace(member, "");

    private static string Nearest(string text, IEnumerable<string> candidates)
        => candidates.MinBy(candidate => Distance(text, candidate)) ?? "nothing";

    // Levenshtein's distance, by rows of his table.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        foreach (char character in from)
        {
            int diagonal = row[0]++;
            for (int column = 1; column <= to.Length; column++)
            {
                int replaced = diagonal + (character == to[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }

    [GeneratedRegex("^(protected )?abstract ")]
    private static partial Regex Abstract();

    [GeneratedRegex(" where .+?(?= -> )")]
    private static partial Regex Constraints();
}
