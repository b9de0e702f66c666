namespace SocialCard.Domain.Rules;

/// <summary>
/// A region with all below it, by the digits of its GB/T 2260 code that they share: two of a province, four of a city, all six of a county,
/// none of the whole country.
/// </summary>
public static class RegionLevel
{
    /// <summary>The code of the whole country.</summary>
    public const string WholeCountry = "000000";

    private const int DigitsOfALevel = 2;

    /// <summary>The digits that a region shares with all below it.</summary>
    public static string PrefixOf(string regionCode)
    {
        ArgumentNullException.ThrowIfNull(regionCode);
        var prefix = regionCode;
        while (prefix.EndsWith("00", StringComparison.Ordinal))
        {
            prefix = prefix[..^DigitsOfALevel];
        }

        return prefix;
    }

    /// <summary>Whether two regions lie in one province.</summary>
    public static bool IsSameProvince(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.AsSpan(0, DigitsOfALevel).SequenceEqual(other.AsSpan(0, DigitsOfALevel));
    }

    /// <summary>The digits of every region that a region lies in, from the country to itself.</summary>
    public static IEnumerable<string> PrefixesAround(string regionCode)
    {
        var prefix = PrefixOf(regionCode);
        return Enumerable.Range(0, (prefix.Length / DigitsOfALevel) + 1).Select(level => prefix[..(level * DigitsOfALevel)]);
    }
}
