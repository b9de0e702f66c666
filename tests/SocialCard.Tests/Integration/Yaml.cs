using System.Text.Json.Nodes;
using SocialCard.Functions.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SocialCard.Tests.Integration;

/// <summary>Reads YAML as the JSON that it stands for.</summary>
internal static class Yaml
{
    public static JsonNode Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Of(stream.Documents.Single().RootNode)!;
    }

    /// <summary>A description of an interface that the application carries.</summary>
    public static JsonNode Described(string name)
    {
        using var stream = typeof(InterfaceDescriptions).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Of(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new FormatException($"What is {node}?"),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" or "false" => text == "true",
        _ when decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) => JsonNode.Parse(text),
        _ => text,
    };
}
