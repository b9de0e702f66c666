using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Embedded.OpenApi;
using SocialCard.Functions.Api;

namespace SocialCard.Tests.Integration;

/// <summary>The committed description of the HTTP API is the one that the code gives, and says all that the code can answer.</summary>
public sealed partial class OpenApiTests
{
    private static readonly JsonNode Document = Yaml.Described(InterfaceDescriptions.OpenApi);

    // What is told of an address that is none of the API's.
    private static readonly string[] OfNoRoute = ["method-not-allowed", "not-found"];

    [Fact]
    public void The_committed_description_is_the_one_that_the_code_gives()
    {
        var committed = File.ReadAllText(Path.Combine(Repository.Root, ApiDescription.File)).Split('\n');
        var generated = ApiDescription.Generate().Split('\n');

        var differs = Enumerable.Range(0, Math.Max(committed.Length, generated.Length))
            .FirstOrDefault(line => committed.ElementAtOrDefault(line) != generated.ElementAtOrDefault(line), -1);
        Assert.True(
            differs < 0,
            $"""
            {ApiDescription.File} is not what the code says, from line {differs + 1} on:
            committed: {committed.ElementAtOrDefault(differs)}
            the code:  {generated.ElementAtOrDefault(differs)}
            Renew it: dotnet run --project infra/embedded -- openapi --output "$PWD/{ApiDescription.File}"
            """);
    }

    [Fact]
    public void Every_example_has_the_form_of_its_schema()
    {
        // JSON Schema has another place for what OpenAPI keeps among its components.
        var text = Document["components"]!["schemas"]!.ToJsonString()
            .Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        var schemas = JsonNode.Parse(text)!.AsObject();
        var examples = schemas
            .SelectMany(schema => (schema.Value!["examples"]?.AsArray() ?? [])
                .Select(example => (Of: schema.Key, Value: example!.ToJsonString())))
            .ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            JsonObject itsSchema = new() { ["$ref"] = $"#/$defs/{example.Of}", ["$defs"] = schemas.DeepClone() };
            var schema = JsonSchema.FromText(itsSchema.ToJsonString());
            using var value = JsonDocument.Parse(example.Value);
            var result = schema.Evaluate(value.RootElement, new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
            var faults = (result.Details ?? [])
                .SelectMany(detail => detail.Errors?.Select(error => $"{detail.InstanceLocation} {error.Value}") ?? []);
            Assert.True(result.IsValid, $"{example.Of}: {string.Join("; ", faults)}");
        });
    }

    [Fact]
    public void The_same_code_gives_the_same_text() => Assert.Equal(ApiDescription.Generate(), ApiDescription.Generate());

    [Fact]
    public void Every_code_of_a_problem_belongs_to_a_call()
    {
        var listed = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .SelectMany(operation => CodesOf(operation.Value!)).Distinct();
        Assert.Equal(
            Document["components"]!["schemas"]!["ProblemCode"]!["oneOf"]!.AsArray().Select(code => (string)code!["const"]!),
            listed.Concat(OfNoRoute).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_answers_for_every_address_is_tried_last_by_the_Functions_host() => Assert.Equal(
        UnknownAddress.LastOfAll,
        typeof(UnknownAddress).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>()
            .Order(StringComparer.OrdinalIgnoreCase).Last());

    [Fact]
    public void Every_reference_leads_somewhere() => Assert.All(
        References().Matches(Document.ToJsonString()).Select(match => match.Groups[1].Value).Distinct(),
        reference => Assert.NotNull(reference.Split('/').Aggregate(Document, (node, part) => node?[part]!)));

    /// <summary>A schema without what is for people.</summary>
    internal static JsonNode Bare(JsonNode schema)
    {
        switch (schema)
        {
            case JsonObject map:
                return new JsonObject(map
                    .Where(pair => pair.Key != "description" || pair.Value is JsonObject)
                    .Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : (JsonNode?)Bare(pair.Value))));
            case JsonArray list:
                return new JsonArray([.. list.Select(one => one is null ? null : Bare(one))]);
            default:
                return schema.DeepClone();
        }
    }

    /// <summary>The codes of a call's problems; of those that concern one member of a family each, the answer tells.</summary>
    private static IEnumerable<string> CodesOf(JsonNode operation) => operation["responses"]!.AsObject()
        .Select(response => Resolve(response.Value!)["content"]?["application/problem+json"]?["schema"]!)
        .Select(problem => problem?["allOf"]![1]!["properties"]!["code"]!["enum"])
        .Append(operation["x-member-codes"])
        .OfType<JsonArray>().SelectMany(codes => codes).Select(code => (string)code!);

    private static JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference[2..].Split('/').Aggregate(Document, (within, part) => within[part]!) : node;

    [GeneratedRegex("""
        "\$ref":"#/([^"]+)"
        """)]
    private static partial Regex References();
}
