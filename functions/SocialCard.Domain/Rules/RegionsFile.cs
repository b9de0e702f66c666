using System.Text.Json;
using System.Text.RegularExpressions;

namespace SocialCard.Domain.Rules;

/// <summary>A value as one level states it; null where the level says that it is unknown.</summary>
internal sealed record PolicyValue(object? Value, Provenance Provenance);

/// <summary>What one level states, by field path.</summary>
internal sealed record RegionEntry(string Name, IReadOnlyDictionary<string, PolicyValue> Values);

/// <summary>
/// Reads <c>{ "regions": { "140000": { "name": …, "activation": { "deadline": { "value": …, "source": …, "asOf": …,
/// "confidence": …, "unsourced": …, "note": … } } } } }</c>, laid field by field over the levels that are known already.
/// </summary>
internal sealed partial class RegionsFile
{
    public const string NationalCode = "000000";

    private readonly RuleDocument document;
    private readonly Dictionary<string, RegionEntry> entries;

    private RegionsFile(RuleDocument document, IReadOnlyDictionary<string, RegionEntry> below)
    {
        this.document = document;
        entries = new(below);
        foreach (var (name, regions, regionsPath) in document.Members(document.Root, "$"))
        {
            if (name != "regions")
            {
                document.Fault(regionsPath, "unknown field");
            }
            else
            {
                foreach (var (code, region, path) in document.Members(regions, regionsPath))
                {
                    ReadRegion(code, region, path);
                }
            }
        }
        foreach (var code in entries.Keys.Where(code => !entries.ContainsKey(RegionPolicies.ProvinceOf(code))))
        {
            document.Fault($"$.regions['{code}']", $"its province {RegionPolicies.ProvinceOf(code)} is not listed");
        }

        var national = entries.GetValueOrDefault(NationalCode)?.Values;
        foreach (var field in PolicyShape.Region.Paths().Where(field => national?.ContainsKey(field) != true))
        {
            document.Fault($"$.regions['{NationalCode}'].{field}", "missing: the national level states every field");
        }
    }

    /// <exception cref="RegionsFileException">The file has faults; all of them are named.</exception>
    public static IReadOnlyDictionary<string, RegionEntry> Read(IReadOnlyDictionary<string, RegionEntry> below, RuleText text)
    {
        using var document = new RuleDocument(text);
        var read = new RegionsFile(document, below);
        document.ThrowIfFaulty();
        return read.entries;
    }

    private void ReadRegion(string code, JsonElement region, string path)
    {
        if (code != NationalCode && !RegionPolicies.IsRegion(code))
        {
            document.Fault(path, "expected a GB/T 2260 code of six digits");
            return;
        }
        var known = entries.GetValueOrDefault(code);
        var values = new Dictionary<string, PolicyValue>(known?.Values ?? new Dictionary<string, PolicyValue>());
        var name = known?.Name;
        foreach (var member in document.Members(region, path))
        {
            if (member.Name != "name")
            {
                ReadField(PolicyShape.Region, member, "", code, values);
            }
            else
            {
                name = document.Read<string>(member.Value, member.Path) ?? code;
            }
        }
        if (name is null)
        {
            document.Fault($"{path}.name", "missing");
        }

        entries[code] = new RegionEntry(name ?? code, values);
    }

    private void ReadField(
        PolicyShape section, (string Name, JsonElement Value, string Path) member, string prefix, string level,
        Dictionary<string, PolicyValue> values)
    {
        var field = section.Find(member.Name);
        if (field is null)
        {
            document.Fault(member.Path, "unknown field");
        }
        else if (field.Section is null)
        {
            values[prefix + field.Name] = ReadValue(field, member.Value, member.Path, level);
        }
        else
        {
            foreach (var inner in document.Members(member.Value, member.Path))
            {
                ReadField(field.Section, inner, $"{prefix}{field.Name}.", level, values);
            }
        }
    }

    private PolicyValue ReadValue(PolicyField field, JsonElement statement, string path, string level)
    {
        var provenance = new Provenance(level, null, null, null, false, null);
        object? value = null;
        var stated = false;
        foreach (var (name, element, at) in document.Members(statement, path))
        {
            switch (name)
            {
                case "value":
                    value = ReadTyped(field, element, at);
                    stated = true;
                    break;
                case "source":
                    provenance = provenance with { Source = document.Read<string>(element, at) };
                    break;
                case "asOf":
                    provenance = provenance with { AsOf = document.Read<string>(element, at) };
                    if (provenance.AsOf is { } asOf && !Date().IsMatch(asOf))
                    {
                        document.Fault(at, "expected a year, a month such as \"2026-01\" or a day such as \"2026-01-15\"");
                    }

                    break;
                case "confidence":
                    provenance = provenance with { Confidence = document.Read<Confidence?>(element, at) };
                    if (level == NationalCode && provenance.Confidence == Confidence.D)
                    {
                        document.Fault(at, "a value of grade D is a hint, never a national default");
                    }

                    break;
                case "unsourced":
                    provenance = provenance with { Unsourced = document.Read<bool>(element, at) };
                    break;
                case "note":
                    provenance = provenance with { Note = document.Read<string>(element, at) };
                    break;
                default:
                    document.Fault(at, "unknown field");
                    break;
            }
        }
        if (!stated)
        {
            document.Fault($"{path}.value", "missing");
        }

        if (provenance is { Unsourced: true, Source: not null })
        {
            document.Fault($"{path}.unsourced", "a value with a source is not unsourced");
        }

        return new PolicyValue(value, provenance);
    }

    private object? ReadTyped(PolicyField field, JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.String && element.ValueEquals("unknown"))
        {
            if (!field.MayBeUnknown)
            {
                document.Fault(path, "may not be unknown: the service decides by it");
            }

            return null;
        }
        if (document.TryRead(element, field.Type, path, out var value)
            && value is Period period && field.Units?.Contains(period.Unit) == false)
        {
            document.Fault(path, $"expected one of the units {RuleDocument.Names(field.Units)}");
        }

        return value;
    }

    [GeneratedRegex(@"^\d{4}(-\d{2}(-\d{2})?)?\z")]
    private static partial Regex Date();
}
