using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;

namespace SocialCard.Embedded.OpenApi;

/// <summary>Who writes the JSON of a type, and so which fields are always there.</summary>
internal enum JsonSide
{
    /// <summary>Others: what has a default may be left out, and what is not known is refused.</summary>
    Incoming,

    /// <summary>Partners' systems, by webhook or queue: the same, but what is not known is skipped.</summary>
    Told,

    /// <summary>The service, in an answer: all fields are there, null or not.</summary>
    Answer,

    /// <summary>The service, in a message: what is null is left out.</summary>
    Message,
}

/// <summary>The JSON Schema of a type as the code reads and writes it; the application's types refer to each other by name.</summary>
internal static class JsonSchemas
{
    private const string Components = "#/components/schemas/";

    private static readonly JsonSerializerOptions Options =
        new(SocialCardJson.Strict) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static JsonObject Of(Type type, JsonSide side)
    {
        var exported = Options.GetJsonSchemaAsNode(
            type,
            new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Transform(context, node, side) });
        return exported as JsonObject ?? TextOf(type);
    }

    /// <summary>What a document calls a type.</summary>
    public static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}"
        : type.Name;

    /// <summary>The types of the application that the properties of a type mention.</summary>
    public static IEnumerable<Type> MentionedBy(Type type)
    {
        return type.GetProperties().SelectMany(property => Within(property.PropertyType)).Where(IsOurs);

        static IEnumerable<Type> Within(Type type) =>
            type.IsArray ? Within(type.GetElementType()!) : [type, .. type.GetGenericArguments().SelectMany(Within)];
    }

    /// <summary>Whether a type is the application's, and so has a name in the document.</summary>
    public static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("SocialCard.", StringComparison.Ordinal);

    private static JsonObject TextOf(Type type) => type == typeof(CardNumber)
        ? new() { ["type"] = "string", ["pattern"] = "^[0-9A-Z]{9}$" }
        : new() { ["type"] = "string" };

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node, JsonSide side)
    {
        var type = context.TypeInfo.Type;
        if (!context.Path.IsEmpty && Named(type, context.PropertyInfo is { IsGetNullable: true }) is { } named)
        {
            return named;
        }

        if (type.IsEnum)
        {
            var names = Enum.GetValues(type).Cast<object>().Select(member => JsonSerializer.SerializeToNode(member, type, Options));
            return new JsonObject { ["enum"] = new JsonArray([.. names]), ["type"] = "string" };
        }

        if (node is not JsonObject schema)
        {
            return (Nullable.GetUnderlyingType(type) ?? type) == typeof(JsonElement) ? new JsonObject() : node;
        }

        schema.Remove("default");
        if (context.TypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && Named(element, false) is { } item)
        {
            // What has a converter of the application's is exported without being asked for here.
            schema["items"] = item;
        }

        if (schema["properties"] is JsonObject properties)
        {
            // A property with a default whose converter is the application's is exported without being asked for here.
            foreach (var property in context.TypeInfo.Properties
                .Where(property => properties[property.Name] is JsonObject { Count: 1 } only && only.ContainsKey("default")))
            {
                properties[property.Name] = Named(property.PropertyType, property.IsGetNullable) ?? new JsonObject();
            }

            if (side is not JsonSide.Incoming)
            {
                schema.Remove("additionalProperties");
            }

            if (side is JsonSide.Answer or JsonSide.Message)
            {
                schema["required"] = new JsonArray(
                [
                    .. context.TypeInfo.Properties.Select(property => property.Name).Where(properties.ContainsKey)
                        .Except(context.TypeInfo.Properties.Where(IsLeftOut).Select(property => property.Name))
                        .Where(name => side is JsonSide.Answer || !AllowsNull(properties[name]!)),
                ]);
            }
        }

        return schema;
    }

    /// <summary>A type that is written by a converter of the application or has a schema of its own; null for any other.</summary>
    private static JsonObject? Named(Type type, bool isNullable)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        isNullable |= bare != type;
        if (bare == typeof(DateTimeOffset))
        {
            return new() { ["type"] = isNullable ? new JsonArray("string", "null") : "string", ["format"] = "date-time" };
        }

        if (!IsOurs(bare))
        {
            return null;
        }

        JsonObject reference = new() { ["$ref"] = Components + NameOf(bare) };
        return isNullable ? new() { ["oneOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private static bool IsLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true)
            is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];

    private static bool AllowsNull(JsonNode schema) =>
        schema["oneOf"] is not null || (schema["type"] is JsonArray types && types.Any(type => (string?)type == "null"));
}
