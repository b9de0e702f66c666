using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Embedded.OpenApi;

/// <summary>The schemas of the types that the calls take and give, with what their documentation comments say.</summary>
internal sealed class SchemaComponents(OpenApiDocument document, XmlDocs docs)
{
    private static readonly JsonNamingPolicy Names = JsonNamingPolicy.CamelCase;

    /// <summary>All schemas by their names; a type that is sent as well as answered has the form in which it is sent.</summary>
    /// <param name="bodies">What is sent.</param>
    /// <param name="answers">What is answered.</param>
    public IDictionary<string, IOpenApiSchema> Of(IEnumerable<Type> bodies, IEnumerable<Type> answers)
    {
        HashSet<Type> sent = [], answered = [];
        foreach (var body in bodies)
        {
            Close(body, sent);
        }

        foreach (var answer in answers)
        {
            Close(answer, answered);
        }

        var schemas = new SortedDictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        foreach (var type in sent.Concat(answered.Except(sent)))
        {
            var side = !sent.Contains(type) ? JsonSide.Answer : IsTold(type) ? JsonSide.Told : JsonSide.Incoming;
            schemas.Add(JsonSchemas.NameOf(type), Read(Described(type, side)));
        }

        return schemas;
    }

    private static bool IsTold(Type type) => type == typeof(BankEvent) || type.IsAssignableTo(typeof(IBankEventData));

    /// <summary>The schema of a type with its words, as JSON Schema.</summary>
    private JsonObject Described(Type type, JsonSide side)
    {
        var schema = JsonSchemas.Of(type, side);
        foreach (var property in type.GetProperties())
        {
            if (schema["properties"]?[Names.ConvertName(property.Name)] is JsonObject form && docs.SummaryOf(property) is { } meaning)
            {
                form.Insert(0, "description", meaning);
            }
        }

        if (docs.ExampleOf(type) is { } example)
        {
            schema["examples"] = new JsonArray(JsonNode.Parse(example));
        }

        if (docs.SummaryOf(type) is { } summary)
        {
            schema.Insert(0, "description", type.IsEnum ? $"{summary}\n\n{ValuesOf(type)}" : summary);
        }

        return schema;
    }

    private string ValuesOf(Type type) => string.Join('\n', type.GetFields().Where(field => field.IsLiteral)
        .Select(value => $"- `{Names.ConvertName(value.Name)}`: {docs.SummaryOf(value)}"));

    private OpenApiSchema Read(JsonObject schema)
    {
        var read = new OpenApiJsonReader().ReadFragment<OpenApiSchema>(schema, OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic);
        return diagnostic.Errors is [] && read is not null ? read
            : throw new InvalidOperationException(
                $"{string.Join("; ", diagnostic.Errors.Select(error => error.Message))}: {schema.ToJsonString()}");
    }

    private static void Close(Type type, HashSet<Type> types)
    {
        if (JsonSchemas.IsOurs(type) && types.Add(type) && JsonSchemas.Of(type, JsonSide.Answer)["properties"] is not null)
        {
            foreach (var mentioned in JsonSchemas.MentionedBy(type))
            {
                Close(Nullable.GetUnderlyingType(mentioned) ?? mentioned, types);
            }
        }
    }
}
