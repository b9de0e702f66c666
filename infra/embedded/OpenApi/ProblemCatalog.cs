using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Api;

namespace SocialCard.Embedded.OpenApi;

/// <summary>A problem that the application answers with.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence for people, with … for what differs.</param>
/// <param name="Folder">The capability that defines it.</param>
internal sealed record KnownProblem(string Code, int Status, string Detail, string Folder);

/// <summary>All problems that the application defines: every static member that gives a refusal or a problem, asked for it.</summary>
internal sealed class ProblemCatalog
{
    private const string Any = "…";
    private const BindingFlags Members = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly ILookup<string, KnownProblem> problems;

    private ProblemCatalog(IEnumerable<KnownProblem> problems) => this.problems = problems
        .DistinctBy(problem => (problem.Code, problem.Status, problem.Folder))
        .OrderBy(problem => problem.Code, StringComparer.Ordinal).ThenBy(problem => problem.Folder, StringComparer.Ordinal)
        .ToLookup(problem => problem.Code);

    /// <summary>The codes, in their order, each with a sentence.</summary>
    public IEnumerable<(string Code, string Detail)> Codes => problems.Select(code => (code.Key, code.First().Detail));

    /// <summary>Collects what assemblies define.</summary>
    public static ProblemCatalog Of(IEnumerable<Assembly> assemblies) => new(assemblies
        // The compiler leaves the signatures of extension members in types of its own, which have no code.
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && !type.ContainsGenericParameters)
        .SelectMany(type => type.GetMethods(Members))
        .Select(ProblemOf).OfType<KnownProblem>());

    /// <summary>The status of a code: the one that the capability itself defines, if another gives the same code another one.</summary>
    /// <exception cref="InvalidOperationException">No refusal has the code, or two do and none is the capability's.</exception>
    public int StatusOf(string code, string folder)
    {
        var own = problems[code].Where(problem => problem.Folder == folder).Select(problem => problem.Status).Distinct().ToList();
        var all = own.Count > 0 ? own : [.. problems[code].Select(problem => problem.Status).Distinct().Order()];
        return all switch
        {
            [var one] => one,
            [] => throw new InvalidOperationException($"{folder} declares that it refuses with {code}, but no refusal has this code."),
            _ => throw new InvalidOperationException(
                $"{folder} declares that it refuses with {code}, which others define as {string.Join(" and ", all)}."),
        };
    }

    /// <summary>The last part of a namespace, which the folder is named after.</summary>
    public static string FolderOf(Type type) => type.Namespace!.Split('.').Last();

    private static KnownProblem? ProblemOf(MethodInfo method)
    {
        if (method.ContainsGenericParameters || method.Name.Contains('<', StringComparison.Ordinal)
            || method.IsDefined(typeof(FunctionAttribute))
            || !(typeof(Refusal).IsAssignableFrom(method.ReturnType) || method.ReturnType == typeof(ProblemHttpResult))
            || !method.GetParameters().All(parameter => IsSimple(parameter.ParameterType)))
        {
            return null;
        }

        var made = method.Invoke(null, [.. method.GetParameters().Select(parameter => ValueOf(parameter.ParameterType))]);
        return (made is Refusal refusal ? Problems.Refused(refusal) : (ProblemHttpResult?)made) is { } problem
            && (string?)problem.ProblemDetails.Extensions["code"] is { } code and not Any
            ? new(code, problem.StatusCode, problem.ProblemDetails.Detail ?? problem.ProblemDetails.Title!, FolderOf(method.DeclaringType!))
            : null;
    }

    private static bool IsSimple(Type type) =>
        type == typeof(string) || type == typeof(HttpResponse) || type == typeof(Exception) || type == typeof(IReadOnlyList<string>)
        || type.IsValueType;

    // A refusal by way of example: its code and its status do not depend on what it speaks of.
    private static object? ValueOf(Type type) =>
        type == typeof(string) ? Any
        : type == typeof(HttpResponse) ? new DefaultHttpContext().Response
        : type == typeof(Exception) ? new IOException()
        : type == typeof(IReadOnlyList<string>) ? Array.Empty<string>()
        : Activator.CreateInstance(type);
}
