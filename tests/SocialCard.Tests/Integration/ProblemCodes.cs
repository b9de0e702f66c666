using System.Reflection;
using System.Text.RegularExpressions;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Api;

namespace SocialCard.Tests.Integration;

/// <summary>The codes of all problems that the code can answer with.</summary>
internal static partial class ProblemCodes
{
    private const string Any = "…";

    /// <summary>The refusals of the domain: every static member that gives one, called with what it needs.</summary>
    public static IReadOnlyDictionary<string, Refusal> Refusals()
    {
        var refusals = new SortedDictionary<string, Refusal>(StringComparer.Ordinal);
        const BindingFlags members = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var refusal in typeof(Refusal).Assembly.GetTypes().Where(IsWritten).SelectMany(type => type.GetMethods(members)).Select(RefusalOf).OfType<Refusal>())
        {
            refusals[refusal.Code] = refusal;
        }

        return refusals;
    }

    /// <summary>The refusal that a static method makes out of simple values; null if it is no such method.</summary>
    public static Refusal? RefusalOf(MethodBase method) =>
        method is MethodInfo { IsStatic: true, ContainsGenericParameters: false } made && made.ReturnType == typeof(Refusal)
        && !made.Name.Contains('<', StringComparison.Ordinal)
        && made.GetParameters().All(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType.IsValueType)
        && made.Invoke(null, [.. made.GetParameters().Select(parameter => ValueOf(parameter.ParameterType))]) is Refusal { Code: not Any } refusal ? refusal : null;

    /// <summary>The problems that the HTTP side makes itself, by the sources: status and detail.</summary>
    public static IReadOnlyDictionary<string, (int Status, string Detail)> Problems(string functions)
    {
        var problems = new SortedDictionary<string, (int, string)>(StringComparer.Ordinal) { ["invalid-request"] = (400, "The request is not valid.") };
        foreach (var file in Directory.EnumerateFiles(functions, "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match match in Made().Matches(File.ReadAllText(file)))
            {
                problems[match.Groups["code"].Value] = (int.Parse(match.Groups["status"].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups["detail"].Value);
            }
        }

        return problems;
    }

    // The compiler leaves the signatures of extension members in types of its own, which have no code.
    private static bool IsWritten(Type type) => !type.Name.Contains('<', StringComparison.Ordinal);

    private static object? ValueOf(Type type) => type == typeof(string) ? Any : Nullable.GetUnderlyingType(type) is not null ? null : Activator.CreateInstance(type);

    [GeneratedRegex("""\bOf\(\s*(?<status>\d{3}),\s*"(?<code>[a-z0-9-]+)",\s*(\$?"(?<detail>[^"]*)")?""")]
    private static partial Regex Made();
}
