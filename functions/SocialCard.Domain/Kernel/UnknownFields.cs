using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SocialCard.Domain.Kernel;

/// <summary>Finds the fields of what a partner's system sent that its form does not have, and that are skipped for that.</summary>
public static class UnknownFields
{
    /// <summary>The places of the fields, such as <c>branch.city</c>.</summary>
    /// <typeparam name="T">The form.</typeparam>
    /// <param name="sent">What was sent.</param>
    public static IReadOnlyList<string> In<T>(JsonElement sent) => [.. Of(sent, typeof(T), "")];

    private static IEnumerable<string> Of(JsonElement sent, Type type, string place)
    {
        var form = SocialCardJson.Tolerant.GetTypeInfo(type);
        return (sent.ValueKind, form.Kind) switch
        {
            (JsonValueKind.Object, JsonTypeInfoKind.Object) => sent.EnumerateObject().SelectMany(field =>
                form.Properties.FirstOrDefault(known => known.Name == field.Name) is { } known
                    ? Of(field.Value, known.PropertyType, $"{place}{field.Name}.")
                    : [place + field.Name]),
            (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => sent.EnumerateArray()
                .SelectMany((element, index) => Of(element, form.ElementType!, $"{place.TrimEnd('.')}[{index}].")),
            _ => [],
        };
    }
}
