using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace SocialCard.Functions.Api;

/// <summary>
/// Answers where no other function does: at an address that there is not, and to a method that its address does not take.
/// </summary>
public static class UnknownAddress
{
    /// <summary>
    /// The Functions host tries the functions in the order of their names: whatever takes every address must be the last.
    /// </summary>
    public const string LastOfAll = "ZUnknownAddress";

    private static readonly (TemplateMatcher Address, string[] Methods)[] Known =
    [
        .. typeof(UnknownAddress).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .Where(trigger => trigger?.Methods is { Length: > 0 })
            .Select(trigger => (new TemplateMatcher(TemplateParser.Parse(trigger!.Route!), []), trigger.Methods!)),
    ];

    /// <summary>405 with the methods that the address takes, else 404; outside the API nothing is said beside it.</summary>
    [Function(LastOfAll)]
    [ExcludeFromDescription]
    public static Results<ProblemHttpResult, NotFound> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = new PathString("/" + request.RouteValues["path"]);
        var allowed = Known.Where(known => known.Address.TryMatch(path, []))
            .SelectMany(known => known.Methods)
            .Select(method => method.ToUpperInvariant())
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        return allowed.Length > 0 ? Problems.MethodNotAllowed(request.HttpContext.Response, allowed)
            : path.StartsWithSegments("/" + ApiRoute.V1.TrimEnd('/')) ? Problems.AddressNotFound
            : TypedResults.NotFound();
    }
}
