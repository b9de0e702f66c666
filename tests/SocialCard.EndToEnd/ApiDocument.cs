using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialCard.Functions.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SocialCard.EndToEnd;

/// <summary>
/// Holds what goes over the line to the description of the API: every answer that any test gets, and the bodies of requests that were
/// accepted, have the form, the status and the code that it names.
/// </summary>
internal static class ApiDocument
{
    private const string Prefix = "/api/v1";

    private static readonly JsonNode Document = Read();

    private static readonly (string Verb, Regex Path, JsonNode Operation)[] Operations =
    [
        .. Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (
            operation.Key,
            new Regex($"^{Prefix}{Regex.Replace(path.Key, @"\{\w+\}", "[^/]+")}$", RegexOptions.CultureInvariant),
            operation.Value!))),
    ];

    /// <summary>Whether a call is one that the description lists.</summary>
    public static bool Lists(string verb, string path) =>
        Operations.Any(operation => operation.Verb.Equals(verb, StringComparison.OrdinalIgnoreCase) && operation.Path.IsMatch(path));

    /// <summary>Fails the test whose exchange is not as described.</summary>
    public static async Task CheckAsync(HttpRequestMessage request, Answer answer)
    {
        // HEAD is GET without what a description is about.
        if (request.Method == HttpMethod.Head)
        {
            return;
        }

        var (verb, path, status) = (request.Method.Method.ToLowerInvariant(), request.RequestUri!.AbsolutePath, (int)answer.Status);
        var found = Operations.Where(operation => operation.Verb == verb && operation.Path.IsMatch(path))
            .Select(operation => operation.Operation).FirstOrDefault();
        if (found is null)
        {
            Assert.True(status is 404 or 405, $"{verb} {path} is not described.");
            return;
        }

        var described = found["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        Assert.True(described is not null, $"{verb} {path} answered {status}, which is not described: {answer.Text}");
        described = Resolve(described);
        var forms = described["content"]?.AsObject();
        Assert.Equal(forms is null, answer.Text.Length == 0);
        if (forms is not null)
        {
            Assert.True(forms.ContainsKey(answer.MediaType ?? ""), $"{verb} {path} answered {status} as {answer.MediaType}.");
            Hold(
                answer.Body,
                forms[answer.MediaType!]!["schema"]!,
                $"{verb} {path} {status}",
                isJson: answer.MediaType!.EndsWith("json", StringComparison.Ordinal));
        }

        // A bank may send more than is described.
        if (status < 300 && !path.Contains("/webhooks/", StringComparison.Ordinal)
            && found["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema && request.Content is { } content)
        {
            Hold(JsonNode.Parse(await content.ReadAsStringAsync()), schema, $"the body of {verb} {path}", isJson: true);
        }
    }

    /// <summary>Whether the body of a call has a field.</summary>
    public static bool Takes(HttpMethod method, string path, string field) =>
        Operations.Where(operation => operation.Verb.Equals(method.Method, StringComparison.OrdinalIgnoreCase)
                && operation.Path.IsMatch($"{Prefix}/{path.Split('?')[0]}"))
            .Select(operation => operation.Operation["requestBody"]?["content"]?["application/json"]?["schema"])
            .FirstOrDefault() is { } body
        && Resolve(body)["properties"]?[field] is not null;

    private static void Hold(JsonNode? value, JsonNode schema, string where, bool isJson)
    {
        if (isJson && Fault(value, schema, "") is { } fault)
        {
            Assert.Fail($"{where} is not as described: {fault}. {value?.ToJsonString()}");
        }
    }

    /// <summary>What is wrong with a value by the part of JSON Schema that the description uses; null if nothing is.</summary>
    private static string? Fault(JsonNode? value, JsonNode described, string at)
    {
        var schema = Resolve(described);
        var kind = KindOf(value);
        if (schema["type"] is { } type && !(type is JsonArray types ? types.Select(one => (string)one!) : [(string)type!])
            .Any(one => one == kind || (one == "number" && kind == "integer")))
        {
            return $"{at} is {kind}, not {type.ToJsonString()}";
        }

        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            return $"{at} is not {constant}";
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
        {
            return $"{at} is {value?.ToJsonString()}, none of {allowed.ToJsonString()}";
        }

        // In JSON Schema's dialect $ is the end of the text.
        if ((string?)schema["pattern"] is { } pattern && kind == "string"
            && !Regex.IsMatch((string)value!, pattern.Replace("$", @"\z", StringComparison.Ordinal)))
        {
            return $"{at} does not match {pattern}";
        }

        if (schema["allOf"] is JsonArray all
            && all.Select(one => Fault(value, one!, at)).FirstOrDefault(fault => fault is not null) is { } part)
        {
            return part;
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            var faults = choices.Select(one => Fault(value, one!, at)).ToList();
            if (!faults.Contains(null))
            {
                return string.Join("; ", faults.Take(3));
            }
        }

        return value switch
        {
            JsonArray list when schema["items"] is { } items =>
                list.Select((one, index) => Fault(one, items, $"{at}[{index}]")).FirstOrDefault(fault => fault is not null),
            JsonObject map => FaultOf(map, schema, at),
            _ => null,
        };
    }

    private static string? FaultOf(JsonObject value, JsonNode schema, string at)
    {
        var properties = schema["properties"]?.AsObject();
        if (schema["required"]?.AsArray().Select(name => (string)name!).FirstOrDefault(name => !value.ContainsKey(name)) is { } missing)
        {
            return $"{at}.{missing} is missing";
        }

        foreach (var (name, field) in value)
        {
            var described = properties?[name] ?? schema["additionalProperties"] as JsonObject;
            if (described is null && (properties is not null && schema["type"] is not null))
            {
                return $"{at}.{name} is not described";
            }

            if (described is not null && Fault(field, described, $"{at}.{name}") is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        _ => "boolean",
    };

    private static JsonNode Resolve(JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? Resolve(reference[2..].Split('/').Aggregate(Document, (node, part) => node[part]!))
        : schema;

    private static JsonNode Read()
    {
        using var stream = typeof(InterfaceDescriptions).Assembly.GetManifestResourceStream(InterfaceDescriptions.OpenApi)!;
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return Of(yaml.Documents.Single().RootNode)!;
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Of(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } truth => truth.Value == "true",
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };
}
