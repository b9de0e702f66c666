using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Functions;
using SocialCard.Functions.Api;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Tests.Integration;

/// <summary>The description of the HTTP API and the code say the same: every route, every field, every code, in both directions.</summary>
public sealed partial class OpenApiTests
{
    private static readonly Assembly App = typeof(SocialCardServices).Assembly;
    private static readonly JsonNode Document = Yaml.Described(InterfaceDescriptions.OpenApi);
    private static readonly JsonObject Schemas = Document["components"]!["schemas"]!.AsObject();

    // What is not a type of the application.
    private static readonly string[] OfTheProtocol = ["Problem", "ProblemCode", "BankEvent"];

    // What is told of an address that is none of the API's.
    private static readonly string[] OfNoRoute = ["method-not-allowed", "not-found"];

    private static readonly (string Name, MethodInfo Code, string Verb, string Route)[] Functions =
    [
        .. App.GetTypes().Where(type => type != typeof(UnknownAddress)).SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .SelectMany(method => method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes<HttpTriggerAttribute>())
                .Select(trigger => (method.GetCustomAttribute<FunctionAttribute>()!.Name, method, trigger.Methods!.Single(), trigger.Route!))),
    ];

    public static TheoryData<string> Names => [.. Functions.Select(function => function.Name)];

    [Fact]
    public void Every_route_is_described_and_every_described_route_exists() => Assert.Equal(
        Functions.Select(function => $"{function.Verb} /{function.Route} {Camel(function.Name)}").Order(StringComparer.Ordinal),
        Document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key} {path.Key} {operation.Value!["operationId"]}"))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_route_takes_and_gives_what_the_description_says(string name)
    {
        var (_, code, verb, route) = Functions.Single(function => function.Name == name);
        var operation = Document["paths"]!["/" + route]![verb]!;

        Assert.Equal(
            BodiesOf(code).Select(JsonSchemas.NameOf),
            SchemasOf(operation["requestBody"]).Where(schema => schema != nameof(BankEvent)));
        Assert.Equal(
            ResultsOf(code).Order(),
            operation["responses"]!.AsObject().Where(response => response.Key[0] == '2')
                .Select(response => $"{response.Key} {string.Concat(SchemasOf(response.Value))}").Order());
        Assert.Equal(
            Named().Matches(route).Select(match => match.Groups[1].Value),
            ParametersOf(operation).Where(parameter => (string?)parameter["in"] == "path").Select(parameter => (string)parameter["name"]!));
        Assert.Equal(
            verb != "get" && !route.StartsWith("webhooks", StringComparison.Ordinal),
            ParametersOf(operation).Any(parameter => (string?)parameter["name"] == "Idempotency-Key"));
        Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]));
    }

    [Fact]
    public void Every_field_of_a_body_and_of_an_answer_is_described_with_its_form()
    {
        HashSet<Type> incoming = [], answers = [];
        foreach (var body in Functions.SelectMany(function => BodiesOf(function.Code)).Concat(App.GetTypes().Where(typeof(IBankEventData).IsAssignableFrom)).Where(type => !type.IsInterface))
        {
            Close(body, incoming);
        }

        foreach (var answer in Functions.SelectMany(function => AnswersOf(function.Code)))
        {
            Close(answer, answers);
        }

        var expected = answers.Except(incoming).Select(type => (type, JsonSide.Answer)).Concat(incoming.Select(type => (type, JsonSide.Incoming)))
            .ToDictionary(pair => JsonSchemas.NameOf(pair.type), pair => JsonSchemas.Of(pair.type, pair.Item2));
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), Schemas.Select(schema => schema.Key).Except(OfTheProtocol).Order(StringComparer.Ordinal));
        Assert.All(expected, schema => Assert.Equal(schema.Value.ToJsonString(), Bare(Schemas[schema.Key]!).ToJsonString()));
    }

    [Fact]
    public void Every_code_of_a_problem_is_described_and_belongs_to_a_route()
    {
        var described = Schemas["ProblemCode"]!["oneOf"]!.AsArray().Select(code => (string)code!["const"]!).ToList();
        var made = ProblemCodes.Refusals().Keys.Concat(ProblemCodes.Problems(Path.Combine(Repository.Root, "functions")).Keys);
        Assert.Equal(made.Distinct().Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));

        var listed = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).SelectMany(operation => CodesOf(operation.Value!)).Distinct();
        Assert.Equal(described.Order(StringComparer.Ordinal), listed.Concat(OfNoRoute).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_route_lists_the_codes_that_its_code_reaches(string name)
    {
        var (_, code, verb, route) = Functions.Single(function => function.Name == name);
        var known = Schemas["ProblemCode"]!["oneOf"]!.AsArray().Select(one => (string)one!["const"]!).ToHashSet();
        Assert.Empty(ReachableCodes.Of(code, known).Except(CodesOf(Document["paths"]!["/" + route]![verb]!)));
    }

    [Fact]
    public void What_answers_for_every_address_is_tried_last_by_the_Functions_host() => Assert.Equal(
        UnknownAddress.LastOfAll,
        App.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>()
            .Order(StringComparer.OrdinalIgnoreCase).Last());

    [Fact]
    public void Every_type_of_a_webhook_is_described()
    {
        var types = Regex.Matches(
            string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)),
            "\"(card\\.[a-z.]+)\"").Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(types.Order(StringComparer.Ordinal), Schemas["BankEvent"]!["properties"]!["type"]!["enum"]!.AsArray().Select(type => (string)type!).Order(StringComparer.Ordinal));
    }

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

    private static void Close(Type type, HashSet<Type> types)
    {
        if (type.Assembly == App && types.Add(type) && JsonSchemas.Of(type, JsonSide.Answer)["properties"] is not null)
        {
            foreach (var mentioned in JsonSchemas.MentionedBy(type))
            {
                Close(Nullable.GetUnderlyingType(mentioned) ?? mentioned, types);
            }
        }
    }

    private static IEnumerable<JsonNode> ParametersOf(JsonNode operation) => (operation["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(parameter!));

    private static IEnumerable<string> SchemasOf(JsonNode? content) => (content?["content"]?.AsObject() ?? [])
        .Where(form => form.Key == "application/json").Select(form => ((string)form.Value!["schema"]!["$ref"]!).Split('/').Last());

    private static Type[] Outcomes(MethodInfo function)
    {
        var type = function.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>) ? task.GetGenericArguments()[0] : function.ReturnType;
        return type.IsGenericType && type.Name.StartsWith("Results", StringComparison.Ordinal) ? type.GetGenericArguments() : [type];
    }

    private static IEnumerable<Type> AnswersOf(MethodInfo function) =>
        Outcomes(function).Where(outcome => outcome.IsGenericType).Select(outcome => outcome.GetGenericArguments()[0]);

    private static IEnumerable<string> ResultsOf(MethodInfo function) => Outcomes(function).Where(outcome => outcome != typeof(ProblemHttpResult)).Select(outcome =>
    {
        var status = outcome.Name.Split('`')[0] switch { "Created" => 201, "Accepted" => 202, "NoContent" => 204, _ => 200 };
        return $"{status} {(outcome.IsGenericType ? JsonSchemas.NameOf(outcome.GetGenericArguments()[0]) : "")}";
    });

    /// <summary>The forms of body that a function asks the gate for, itself or in a method that it calls.</summary>
    private static IReadOnlyCollection<Type> BodiesOf(MethodBase function, int depth = 2)
    {
        HashSet<Type> bodies = [];
        foreach (var called in ReachableCodes.CallsOf(ReachableCodes.BodyOf(function)))
        {
            if (called.DeclaringType == typeof(ApiGate) && called.IsGenericMethod)
            {
                bodies.Add(called.GetGenericArguments()[0]);
            }
            else if (depth > 0 && called.DeclaringType == function.DeclaringType)
            {
                bodies.UnionWith(BodiesOf(called, depth - 1));
            }
        }

        return bodies;
    }

    /// <summary>The codes of a route's problems; of those that concern one member of a family each, the answer tells.</summary>
    private static IEnumerable<string> CodesOf(JsonNode operation) => operation["responses"]!.AsObject()
        .SelectMany(response => CodeLists().Matches(Resolve(response.Value!).ToJsonString()))
        .SelectMany(list => JsonNode.Parse(list.Groups[1].Value)!.AsArray())
        .Concat(operation["x-member-codes"]?.AsArray() ?? [])
        .Select(code => (string)code!);

    private static JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference[2..].Split('/').Aggregate(Document, (within, part) => within[part]!) : node;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Named();

    [GeneratedRegex("""\{"code":\{"enum":(\[[^\]]*\])\}\}""")]
    private static partial Regex CodeLists();

    [GeneratedRegex("""
        "\$ref":"#/([^"]+)"
        """)]
    private static partial Regex References();
}
