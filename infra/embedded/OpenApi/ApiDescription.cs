using System.Globalization;
using System.Reflection;
using Microsoft.OpenApi;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Api;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Embedded.OpenApi;

/// <summary>
/// The description of the HTTP API, made from what the code says: the functions and their attributes, the types that they take
/// and give, the refusals, and the documentation comments. The same code gives the same text.
/// </summary>
internal static class ApiDescription
{
    /// <summary>Where the repository keeps it.</summary>
    public const string File = "functions/SocialCard.Functions/Api/openapi.yaml";

    // The order in which the calls at one address are told.
    private static readonly string[] Verbs = ["get", "post", "put", "delete"];

    /// <summary>The whole document, as YAML.</summary>
    public static string Generate()
    {
        var document = Compose(typeof(ApiRoute).Assembly, typeof(Refusal).Assembly);
        if (document.Validate(ValidationRuleSet.GetDefaultRuleSet()).ToList() is [_, ..] faults)
        {
            throw new InvalidOperationException($"The description would not be valid: {string.Join("; ", faults)}");
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiYamlWriter(text) { UseLiteralStyle = true });
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static OpenApiDocument Compose(Assembly functions, Assembly domain)
    {
        Assembly[] assemblies = [functions, domain];
        var (document, docs, problems) = (Frame.Document(), XmlDocs.Of(assemblies), ProblemCatalog.Of(assemblies));
        var operations = new OperationDescription(document, docs, problems);
        var endpoints = Endpoint.In(functions);
        document.Tags = Chapters(endpoints, docs);
        document.Info.Description += $"\n\n{CommandTable.Of(endpoints, docs)}";
        foreach (var address in endpoints
            .OrderBy(endpoint => Array.IndexOf(Frame.Tags, endpoint.Tag)).ThenBy(endpoint => endpoint.Path, StringComparer.Ordinal)
            .ThenBy(endpoint => Array.IndexOf(Verbs, endpoint.Verb))
            .GroupBy(endpoint => endpoint.Path))
        {
            document.Paths.Add(address.Key, new OpenApiPathItem
            {
                Operations = address.ToDictionary(endpoint => HttpMethod.Parse(endpoint.Verb), operations.Of),
            });
        }

        var events = BankEvents.In(functions);
        var schemas = new SchemaComponents(document, docs).Of(
            endpoints.Select(endpoint => endpoint.Body).Concat(events.Values)
                .Concat(Frame.PathParameters.Values.Select(parameter => parameter.Form)).OfType<Type>(),
            endpoints.SelectMany(endpoint => endpoint.Answers).Select(answer => answer.Answer).OfType<Type>());
        BankEvents.Describe((OpenApiSchema)schemas[nameof(BankEvent)], events, document);
        schemas["Problem"] = Frame.Problem(document);
        schemas["ProblemCode"] = new OpenApiSchema
        {
            Description = "Stable, for programs.",
            OneOf = [.. problems.Codes.Select(problem => new OpenApiSchema { Const = problem.Code, Description = problem.Detail })],
        };
        document.Components!.Schemas = schemas;
        document.Components.Responses = Frame.SharedProblems.ToDictionary(
            shared => shared.Value.Name,
            IOpenApiResponse (shared) => Shared(shared.Key, operations.Problem(shared.Value.Meaning, shared.Value.Codes), document));
        document.RegisterComponents();
        return document;
    }

    // A chapter is about what the classes are whose functions stand in it.
    private static HashSet<OpenApiTag> Chapters(IReadOnlyList<Endpoint> endpoints, XmlDocs docs)
    {
        var classes = endpoints.ToLookup(endpoint => endpoint.Tag, endpoint => endpoint.Method.DeclaringType!);
        var unknown = classes.Select(chapter => chapter.Key).Except(Frame.Tags).ToList();
        return unknown.Count > 0 ? throw new InvalidOperationException($"{nameof(Frame)} has no chapter {string.Join(", ", unknown)}.")
            : [.. Frame.Tags.Select(name => new OpenApiTag
            {
                Name = name,
                Description = string.Join(
                    "\n\n", classes[name].Distinct().OrderBy(type => type.Name, StringComparer.Ordinal).Select(docs.SummaryOf)),
            })];
    }

    private static OpenApiResponse Shared(int status, OpenApiResponse response, OpenApiDocument document)
    {
        if (status is 429 or 503)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeaderReference("RetryAfter", document),
            };
        }

        return response;
    }
}
