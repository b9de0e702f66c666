using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Embedded.OpenApi;

/// <summary>The types of what banks tell by webhook, each with the form of its data, as the readers of these events say.</summary>
internal static class BankEvents
{
    /// <summary>The forms of the data by the types of the events.</summary>
    public static SortedDictionary<string, Type> In(Assembly functions)
    {
        var readers = functions.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBankEventReader)));
        return new(
            readers.ToDictionary(reader => Made(reader).Type, reader => reader.BaseType!.GetGenericArguments().Single()),
            StringComparer.Ordinal);
    }

    /// <summary>Says in the schema of the envelope which types there are, and what the data of each are.</summary>
    public static void Describe(OpenApiSchema envelope, SortedDictionary<string, Type> events, OpenApiDocument document)
    {
        var type = (OpenApiSchema)envelope.Properties![nameof(BankEvent.Type).ToLowerInvariant()];
        type.Type = null;
        type.Enum = [.. events.Keys.Select(name => (JsonNode)name)];
        envelope.Properties[nameof(BankEvent.Data).ToLowerInvariant()] = new OpenApiSchema
        {
            Description = $"What the type says:\n\n{string.Join('\n', events.Select(one => $"- `{one.Key}`: `{one.Value.Name}`"))}",
            AnyOf = [.. events.Values.Select(form => new OpenApiSchemaReference(JsonSchemas.NameOf(form), document))],
        };
    }

    // A reader says its type whatever it works with, and reads nothing here.
    private static IBankEventReader Made(Type reader)
    {
        var constructor = reader.GetConstructors().Single();
        return (IBankEventReader)constructor.Invoke(new object?[constructor.GetParameters().Length]);
    }
}
