using System.Text.Json.Nodes;

namespace SocialCard.Tests.Integration.Contract;

/// <summary>
/// What a description of the API promises, one fact a line, so that two descriptions are compared by meaning: references are followed, what
/// must hold together (allOf) is one, and neither order nor the names of schemas nor any word for people counts.
/// </summary>
internal sealed class ContractFacts
{
    private static readonly string[] ForPeople = ["description", "summary", "title", "example", "examples"];

    private readonly JsonNode document;
    private readonly HashSet<string> facts = new(StringComparer.Ordinal);

    // Several lists of values for one place hold together: what is in all of them is allowed.
    private readonly Dictionary<string, HashSet<string>> allowed = new(StringComparer.Ordinal);

    private ContractFacts(JsonNode document) => this.document = document;

    /// <summary>All facts of a document of OpenAPI 3.1.</summary>
    public static IReadOnlySet<string> Of(JsonNode document)
    {
        var contract = new ContractFacts(document);
        foreach (var server in document["servers"]!.AsArray())
        {
            contract.facts.Add($"server {server!["url"]}");
        }

        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in operations!.AsObject())
            {
                contract.AddOperation($"{verb.ToUpperInvariant()} {path}", operation!);
            }
        }

        contract.facts.UnionWith(contract.allowed.SelectMany(place => place.Value.Select(value => $"{place.Key} may be {value}")));
        return contract.facts;
    }

    /// <summary>What one of two documents promises and the other does not, each line marked by - or +.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlySet<string> before, IReadOnlySet<string> after) =>
    [
        .. before.Except(after).Select(fact => (fact, mark: '-')).Concat(after.Except(before).Select(fact => (fact, mark: '+')))
            .OrderBy(difference => difference.fact, StringComparer.Ordinal).Select(difference => $"{difference.mark} {difference.fact}"),
    ];

    private void AddOperation(string name, JsonNode operation)
    {
        facts.Add($"{name} is {operation["operationId"]}");
        foreach (var tag in operation["tags"]!.AsArray())
        {
            facts.Add($"{name} belongs to {tag}");
        }

        foreach (var scheme in operation["security"]!.AsArray().SelectMany(one => one!.AsObject()))
        {
            AddPlain($"{name} by {scheme.Key}", document["components"]!["securitySchemes"]![scheme.Key]!.AsObject());
        }

        foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(parameter!)))
        {
            var place = $"{name} {parameter["in"]} {parameter["name"]}";
            facts.Add($"{place} is {((bool?)parameter["required"] is true ? "required" : "optional")}");
            AddSchema(place, parameter["schema"]!, []);
        }

        if (operation["requestBody"] is { } body)
        {
            facts.Add($"{name} body is {((bool?)body["required"] is true ? "required" : "optional")}");
            AddContent($"{name} body", body);
        }

        foreach (var (status, answer) in operation["responses"]!.AsObject())
        {
            var response = Resolve(answer!);
            facts.Add($"{name} {status}");
            AddContent($"{name} {status}", response);
            foreach (var (header, form) in response["headers"]?.AsObject() ?? [])
            {
                AddSchema($"{name} {status} header {header}", Resolve(form!)["schema"]!, []);
            }
        }

        foreach (var (extension, values) in operation.AsObject().Where(pair => pair.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            facts.UnionWith((values as JsonArray ?? [values!.DeepClone()]).Select(value => $"{name} {extension}: {value}"));
        }
    }

    private void AddContent(string place, JsonNode described)
    {
        foreach (var (mediaType, form) in described["content"]?.AsObject() ?? [])
        {
            facts.Add($"{place} is {mediaType}");
            AddSchema($"{place} {mediaType}", form!["schema"]!, []);
        }
    }

    private void AddSchema(string place, JsonNode schema, IReadOnlyList<string> within)
    {
        foreach (var (keyword, value) in schema.AsObject().Where(pair => !ForPeople.Contains(pair.Key)))
        {
            switch (keyword)
            {
                case "$ref" when within.Contains((string)value!):
                    facts.Add($"{place} again");
                    break;
                case "$ref":
                    AddSchema(place, Resolve(schema), [.. within, (string)value!]);
                    break;
                case "properties":
                    foreach (var (name, property) in value!.AsObject())
                    {
                        AddSchema($"{place}.{name}", property!, within);
                    }

                    break;
                case "items":
                    AddSchema(place + "[]", value!, within);
                    break;
                case "additionalProperties" when value is JsonObject form:
                    AddSchema(place + ".*", form, within);
                    break;
                case "allOf":
                    foreach (var part in value!.AsArray())
                    {
                        AddSchema(place, part!, within);
                    }

                    break;
                case "oneOf" or "anyOf" when value!.AsArray().All(one => one!["const"] is not null):
                    Allow(place, value.AsArray().Select(one => one!["const"]));
                    break;
                case "oneOf" or "anyOf" when value!.AsArray().All(one => TypeOf(one!) is not null):
                    facts.UnionWith(value.AsArray().Select(one => $"{place} type {TypeOf(one!)}"));
                    break;
                case "oneOf" or "anyOf":
                    foreach (var alternative in value!.AsArray())
                    {
                        AddSchema($"{place} {keyword} {LabelOf(alternative!)}", alternative!, within);
                    }

                    break;
                case "enum":
                    Allow(place, value!.AsArray());
                    break;
                case "type" or "required":
                    facts.UnionWith((value as JsonArray ?? [value!.DeepClone()]).Select(one => $"{place} {keyword} {one}"));
                    break;
                default:
                    facts.Add($"{place} {keyword}: {value?.ToJsonString()}");
                    break;
            }
        }

        // A place without a form is a place all the same.
        facts.Add(place);
    }

    private void Allow(string place, IEnumerable<JsonNode?> values)
    {
        var texts = values.Select(value => value?.ToJsonString() ?? "null").ToHashSet();
        if (allowed.TryGetValue(place, out var before))
        {
            before.IntersectWith(texts);
        }
        else
        {
            allowed[place] = texts;
        }
    }

    // The one type that is all that a form asks for: a choice among such is the list of their types.
    private string? TypeOf(JsonNode form)
    {
        var schema = Resolve(form).AsObject();
        return schema["type"] is JsonValue type && schema.All(pair => pair.Key == "type" || ForPeople.Contains(pair.Key)) ? (string)type!
            : null;
    }

    // What tells one alternative from another, whatever its name and its place in the list.
    private string LabelOf(JsonNode alternative)
    {
        var schema = Resolve(alternative);
        return schema["properties"] is JsonObject fields
            ? $"({string.Join(',', fields.Select(field => field.Key).Order(StringComparer.Ordinal))})"
            : schema["type"] is JsonValue type ? (string)type!
            : schema.ToJsonString();
    }

    private void AddPlain(string place, JsonObject described)
    {
        foreach (var (key, value) in described.Where(pair => !ForPeople.Contains(pair.Key)))
        {
            facts.Add($"{place} {key}: {value}");
        }
    }

    private JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference[2..].Split('/').Aggregate(document, (within, part) => within[part]!) : node;
}
