using System.Reflection;
using System.Text.Json;

namespace SocialCard.Domain.Rules;

/// <summary>
/// The fields of a section and how it is built from their values. The records are the one table of fields: what they declare is
/// what regions.json may hold, and nothing else is.
/// </summary>
internal sealed class PolicyShape
{
    public static readonly PolicyShape Region = new(typeof(RegionPolicy));

    private readonly ConstructorInfo constructor;
    private readonly IReadOnlyList<PolicyField> fields;

    private PolicyShape(Type section)
    {
        constructor = section.GetConstructors().Single();
        fields = [.. constructor.GetParameters().Select(parameter => new PolicyField(
            JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!),
            parameter.ParameterType,
            parameter.ParameterType.IsSubclassOf(typeof(PolicySection)) ? new PolicyShape(parameter.ParameterType) : null,
            new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable,
            parameter.GetCustomAttribute<UnitsAttribute>()?.Allowed))];
    }

    public PolicyField? Find(string name) => fields.FirstOrDefault(field => field.Name == name);

    /// <summary>The paths of all values below this section: <c>activation.deadline</c>.</summary>
    public IEnumerable<string> Paths(string prefix = "") =>
        fields.SelectMany(field => field.Section?.Paths($"{prefix}{field.Name}.") ?? [prefix + field.Name]);

    public object Build(Func<string, object?> valueAt, string prefix = "") => constructor.Invoke([.. fields.Select(field =>
        field.Section is null ? valueAt(prefix + field.Name) : field.Section.Build(valueAt, $"{prefix}{field.Name}."))]);
}

/// <summary>A field: a section of its own, or a value.</summary>
internal sealed record PolicyField(string Name, Type Type, PolicyShape? Section, bool MayBeUnknown, IReadOnlyList<PeriodUnit>? Units);
