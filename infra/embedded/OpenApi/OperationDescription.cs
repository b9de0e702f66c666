using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Functions.Api;

namespace SocialCard.Embedded.OpenApi;

/// <summary>Describes a call: what it takes, and every answer that it has.</summary>
internal sealed class OperationDescription(OpenApiDocument document, XmlDocs docs, ProblemCatalog problems)
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    /// <summary>The description of one call.</summary>
    public OpenApiOperation Of(Endpoint endpoint)
    {
        var words = docs.SummaryOf(endpoint.Method) ?? throw new InvalidOperationException($"{endpoint.Method.Name} has no summary.");
        var end = words.IndexOf(". ", StringComparison.Ordinal);
        var description = string.Join(
            ' ', new[] { end < 0 ? null : words[(end + 2)..], CallersOf(endpoint), ProofOf(endpoint) }.OfType<string>());
        return new()
        {
            OperationId = endpoint.OperationId,
            Tags = new HashSet<OpenApiTagReference> { new(endpoint.Tag, document) },
            Summary = (end < 0 ? words : words[..end]).TrimEnd('.'),
            Description = description.Length == 0 ? null : description,
            Security = endpoint.IsOpen ? [] : [new() { [new(endpoint.IsSigned ? "webhookSignature" : "apiKey", document)] = [] }],
            Parameters = ParametersOf(endpoint).ToList() is { Count: > 0 } parameters ? parameters : null,
            RequestBody = BodyOf(endpoint),
            Responses = ResponsesOf(endpoint),
            Extensions = ExtensionsOf(endpoint) is { Count: > 0 } extensions ? extensions : null,
        };
    }

    /// <summary>A response that tells of problems with one of some codes.</summary>
    public OpenApiResponse Problem(string meaning, IEnumerable<string> codes) => new()
    {
        Description = meaning,
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [ProblemJson] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    AllOf =
                    [
                        new OpenApiSchemaReference("Problem", document),
                        new OpenApiSchema
                        {
                            Properties = new Dictionary<string, IOpenApiSchema>
                            {
                                ["code"] = new OpenApiSchema { Enum = [.. codes.Select(code => (JsonNode)code)] },
                            },
                        },
                    ],
                },
            },
        },
    };

    private static string? CallersOf(Endpoint endpoint) =>
        endpoint.IsOpen || endpoint.IsSigned ? null
        : endpoint.Callers is [_, ..] roles
            ? $"For {string.Join(", ", roles.Select(role => $"`{SocialCardJson.NameOf<PartnerRole>(role)}`"))}."
        : $"For every partner but `{SocialCardJson.NameOf<PartnerRole>(PartnerRole.Agency)}`.";

    private static string? ProofOf(Endpoint endpoint) => endpoint.Proof is not { } proof ? null
        : endpoint.Undoes is { } undone ? $"Proof: `{SocialCardJson.NameOf<Proof>(proof)}`, as for what it takes back (`{IdOf(undone)}`)."
        : $"Proof: `{SocialCardJson.NameOf<Proof>(proof)}`.";

    private static string IdOf(string function) => char.ToLowerInvariant(function[0]) + function[1..];

    private static Dictionary<string, IOpenApiExtension> ExtensionsOf(Endpoint endpoint)
    {
        var extensions = new Dictionary<string, IOpenApiExtension>();
        if (endpoint.RefusesMembers.Count > 0)
        {
            extensions["x-member-codes"] = new JsonNodeExtension(
                new JsonArray([.. endpoint.RefusesMembers.Order(StringComparer.Ordinal).Select(code => (JsonNode)code)]));
        }

        if (endpoint.Proof is { } proof)
        {
            extensions["x-proof"] = new JsonNodeExtension(SocialCardJson.NameOf<Proof>(proof)!);
        }

        if (endpoint.Undoes is { } undone)
        {
            extensions["x-undoes"] = new JsonNodeExtension(IdOf(undone));
        }

        return extensions;
    }

    private IEnumerable<IOpenApiParameter> ParametersOf(Endpoint endpoint)
    {
        foreach (var name in endpoint.PathParameters)
        {
            var (meaning, form, pattern) = Frame.PathParameters.GetValueOrDefault(name, ("Its id.", null, null));
            yield return new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Description = meaning,
                Schema = form is null ? new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern } : Reference(form),
            };
        }

        foreach (var query in endpoint.Query)
        {
            yield return new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Required = query.IsRequired,
                Description = query.Meaning,
                Schema = FormOf(query),
            };
        }

        foreach (var header in endpoint.IsSigned ? Frame.SignatureHeaders : endpoint.IsCommand ? ["IdempotencyKey"] : [])
        {
            yield return new OpenApiParameterReference(header, document);
        }
    }

    // JSON Schema's expressions are ECMAScript's: there $ is the end of the text and nothing before it, and \z is unknown.
    private static string InSchema(string pattern) => pattern.Replace(@"\z", "$", StringComparison.Ordinal);

    private IOpenApiSchema FormOf(QueryAttribute query) =>
        query.Form is { } form ? Reference(form)
        : query.IsFlag ? new OpenApiSchema { Type = JsonSchemaType.Boolean }
        : query.Pattern is { } pattern ? new OpenApiSchema { Type = JsonSchemaType.String, Pattern = InSchema(pattern) }
        : new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = query.Least == long.MinValue ? null : $"{query.Least}",
            Maximum = query.Most == long.MaxValue ? null : $"{query.Most}",
        };

    private OpenApiRequestBody? BodyOf(Endpoint endpoint) =>
        endpoint.Body is { } form ? new() { Required = true, Content = JsonOf(form) }
        : endpoint.FileBody is { } mediaTypes ? new() { Required = true, Content = FilesOf(mediaTypes) }
        : null;

    private OpenApiResponses ResponsesOf(Endpoint endpoint)
    {
        var responses = new SortedDictionary<int, IOpenApiResponse>();
        foreach (var (status, answer) in endpoint.Answers)
        {
            responses.Add(status, AnswerOf(endpoint, status, answer));
        }

        var codes = endpoint.Refuses.Distinct().Order(StringComparer.Ordinal)
            .ToLookup(code => problems.StatusOf(code, ProblemCatalog.FolderOf(endpoint.Method.DeclaringType!)));
        foreach (var status in codes.Select(group => group.Key).Union(SharedBy(endpoint)))
        {
            responses.Add(status, Frame.SharedProblems.TryGetValue(status, out var shared) && codes[status].All(shared.Codes.Contains)
                ? new OpenApiResponseReference(shared.Name, document)
                : Problem($"{string.Join(", ", codes[status].Select(code => $"`{code}`"))}.", codes[status]));
        }

        var described = new OpenApiResponses();
        foreach (var (status, response) in responses)
        {
            described.Add($"{status}", response);
        }

        return described;
    }

    /// <summary>The statuses of the problems that every call of this kind has.</summary>
    private static IEnumerable<int> SharedBy(Endpoint endpoint)
    {
        var needsKey = !endpoint.IsOpen && !endpoint.IsSigned;
        return Frame.SharedProblems.Keys.Where(status => status switch
        {
            401 or 403 => needsKey,
            413 => endpoint.Body is not null || endpoint.FileBody is not null,
            415 => endpoint.Body is not null && needsKey,
            _ => !endpoint.IsOpen,
        });
    }

    private OpenApiResponse AnswerOf(Endpoint endpoint, int status, Type? answer)
    {
        var headers = new Dictionary<string, IOpenApiHeader>();
        if (status is 201 or 202)
        {
            headers["Location"] = new OpenApiHeaderReference("Location", document);
        }

        if (endpoint.IsCommand && answer is not null)
        {
            headers["Idempotency-Replayed"] = new OpenApiHeaderReference("IdempotencyReplayed", document);
        }

        if (endpoint.HasETag)
        {
            headers["ETag"] = new OpenApiHeaderReference("ETag", document);
        }

        return new()
        {
            Description = status switch
            {
                201 => "Created.",
                202 => "Accepted; the outcome lies in the future.",
                204 => "Taken.",
                304 => "As the caller knows it, by `If-None-Match`.",
                _ => "Done.",
            },
            Headers = headers.Count == 0 ? null : headers,
            Content = answer is not null ? JsonOf(answer)
                : endpoint.FileAnswer is { } file && status == 200 ? FilesOf(file.MediaTypes)
                : null,
        };
    }

    private Dictionary<string, IOpenApiMediaType> JsonOf(Type form) => new() { [Json] = new OpenApiMediaType { Schema = Reference(form) } };

    private static Dictionary<string, IOpenApiMediaType> FilesOf(IEnumerable<string> mediaTypes) => mediaTypes.ToDictionary(
        mediaType => mediaType,
        IOpenApiMediaType (mediaType) => new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = mediaType is "text/html" or "application/yaml" ? null : "binary",
            },
        });

    private OpenApiSchemaReference Reference(Type form) => new(JsonSchemas.NameOf(form), document);
}
