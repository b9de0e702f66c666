using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace SocialCard.Domain.Rules;

/// <summary>
/// The rules of every region. A region takes each value from the most specific level that states it: county, city, province, nation.
/// </summary>
public sealed class RegionPolicies
{
    private readonly IReadOnlyDictionary<string, RegionEntry> entries;
    private readonly FrozenDictionary<string, RegionPolicy> policies;

    private RegionPolicies(IReadOnlyDictionary<string, RegionEntry> entries)
    {
        this.entries = entries;
        policies = entries.ToFrozenDictionary(entry => entry.Key, entry => Resolve(entry.Key, entry.Value.Name, entries));
        National = policies[RegionsFile.NationalCode];
    }

    /// <summary>The rules where no region states its own.</summary>
    public RegionPolicy National { get; }

    /// <summary>The levels that are listed, the nation among them; other cities and counties take the rules of the level above.</summary>
    public IReadOnlyCollection<RegionPolicy> Listed => policies.Values;

    /// <summary>Loads the rules that ship with the service.</summary>
    /// <param name="operators">A file of the same form whose values go before those, or null.</param>
    /// <exception cref="RegionsFileException">A file has faults; all of them are named.</exception>
    public static RegionPolicies Load(RuleText? operators = null) => Read(RuleText.Layers("regions.json", operators));

    /// <summary>Finds the rules of a region.</summary>
    /// <param name="regionCode">A GB/T 2260 code of six digits.</param>
    /// <param name="policy">Its rules.</param>
    /// <returns>False where neither the code nor its city or province is listed; the nation is not a region.</returns>
    public bool TryGet(string? regionCode, [NotNullWhen(true)] out RegionPolicy? policy)
    {
        policy = null;
        return IsRegion(regionCode)
            && (policies.TryGetValue(regionCode, out policy)
                || policies.TryGetValue(CityOf(regionCode), out policy)
                || policies.TryGetValue(ProvinceOf(regionCode), out policy));
    }

    /// <summary>The rules for a registered card: those of its region, or the nation's if its code is no longer listed.</summary>
    /// <param name="regionCode">The card's region.</param>
    public RegionPolicy For(string regionCode) => TryGet(regionCode, out var policy) ? policy : National;

    /// <summary>What counts in a region, value by value, as <see cref="For"/> gives it whole.</summary>
    /// <param name="regionCode">The region; <c>000000</c> is the nation.</param>
    public IReadOnlyList<RegionValue> ValuesOf(string regionCode)
    {
        ArgumentNullException.ThrowIfNull(regionCode);
        var values = Effective(regionCode, entries);
        var below = entries.Where(entry => entry.Key != regionCode && IsBelow(entry.Key, regionCode)).ToList();
        return
        [
            .. PolicyShape.Region.Paths().Select(path => new RegionValue(
                path,
                values[path].Value,
                values[path].Provenance,
                [.. below.Where(entry => entry.Value.Values.ContainsKey(path)).Select(entry => entry.Key).Order(StringComparer.Ordinal)])),
        ];
    }

    /// <summary>The name of a level that is listed; null of any other.</summary>
    public string? NameOf(string regionCode) => entries.GetValueOrDefault(regionCode)?.Name;

    internal static RegionPolicies Read(params IEnumerable<RuleText> layers) =>
        new(layers.Aggregate((IReadOnlyDictionary<string, RegionEntry>)new Dictionary<string, RegionEntry>(), RegionsFile.Read));

    internal static bool IsRegion([NotNullWhen(true)] string? code) =>
        code?.Length == 6 && code.All(char.IsAsciiDigit) && ProvinceOf(code) != RegionsFile.NationalCode;

    internal static string ProvinceOf(string code) => code[..2] + "0000";

    private static string CityOf(string code) => code[..4] + "00";

    private static RegionPolicy Resolve(string code, string name, IReadOnlyDictionary<string, RegionEntry> entries)
    {
        var values = Effective(code, entries);
        return (RegionPolicy)PolicyShape.Region.Build(field => values[field].Value) with
        {
            Code = code,
            Name = name,
            Provenance = values.ToDictionary(value => value.Key, value => value.Value.Provenance),
        };
    }

    private static Dictionary<string, PolicyValue> Effective(string code, IReadOnlyDictionary<string, RegionEntry> entries)
    {
        string[] chain = [code, CityOf(code), ProvinceOf(code), RegionsFile.NationalCode];
        var levels = chain.Where(entries.ContainsKey).Select(level => entries[level].Values).ToList();
        return PolicyShape.Region.Paths().ToDictionary(field => field, field => levels.First(level => level.ContainsKey(field))[field]);
    }

    private static bool IsBelow(string code, string region) => code.StartsWith(RegionLevel.PrefixOf(region), StringComparison.Ordinal);
}
