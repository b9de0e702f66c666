using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialCard.Domain.Cards;
using SocialCard.Embedded;
using SocialCard.Functions;
using SocialCard.Functions.Api;
using SocialCard.Tests.Integration;

namespace SocialCard.Tests.Architecture;

/// <summary>
/// Where a text must be of a form, the whole of it must: in .NET <c>$</c> lets a line break pass behind it, <c>\z</c> does not.
/// </summary>
public sealed partial class PatternTests
{
    private const BindingFlags All =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly IReadOnlyList<(string Member, string Pattern)> Patterns =
    [
        .. from assembly in new[] { typeof(Card).Assembly, typeof(SocialCardServices).Assembly, typeof(EmbeddedHost).Assembly }
           from type in assembly.GetTypes()
           from member in type.GetMembers(All)
           from pattern in PatternsOf(member)
           select ($"{type.Name}.{member.Name}", pattern),
    ];

    [Fact]
    public void A_pattern_ends_where_the_text_does() =>
        Assert.DoesNotContain(Patterns, one => DollarSign().IsMatch(one.Pattern));

    [Fact]
    public void The_patterns_of_the_code_are_found() =>
        Assert.Superset(
            new HashSet<string>
            {
                "JsonBody.Name", "RegionsFile.Date", "WorkItemList.Cursor", "WorkItemTriggers.GetWorkItems", "HostSettings.HubName",
            },
            Patterns.Select(one => one.Member).ToHashSet());

    /// <summary>JSON Schema's patterns are ECMAScript's: there <c>$</c> is the end of the text, and <c>\z</c> is no pattern.</summary>
    [Fact]
    public void A_pattern_of_the_descriptions_is_of_the_whole_text_in_the_dialect_of_JSON_Schema()
    {
        var patterns = new[] { InterfaceDescriptions.OpenApi, InterfaceDescriptions.AsyncApi }
            .SelectMany(description => Within(Yaml.Described(description))).ToList();

        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.Matches(@"\A\^[^\\]*\$\z", pattern));
    }

    private static IEnumerable<string> PatternsOf(MemberInfo member) => member.GetCustomAttributesData()
        .SelectMany(data => data.AttributeType == typeof(GeneratedRegexAttribute)
            ? [(string)data.ConstructorArguments[0].Value!]
            : data.NamedArguments.Where(argument => argument.MemberName == nameof(QueryAttribute.Pattern))
                .Select(argument => (string)argument.TypedValue.Value!))
        .Concat(member is FieldInfo { IsStatic: true } field && field.FieldType == typeof(Regex)
            && !member.DeclaringType!.Namespace!.StartsWith("System.", StringComparison.Ordinal)
                ? [field.GetValue(null)!.ToString()!] : []);

    private static IEnumerable<string> Within(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field is { Key: "pattern", Value: JsonValue pattern }
            ? [pattern.GetValue<string>()] : Within(field.Value)),
        JsonArray list => list.SelectMany(Within),
        _ => [],
    };

    [GeneratedRegex(@"(?<!\\)(\\\\)*\$")]
    private static partial Regex DollarSign();
}
