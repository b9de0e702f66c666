using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace SocialCard.Domain.Kernel;

/// <summary>How SocialCard writes and reads JSON: camelCase, enums as camelCase strings, Chinese as it is.</summary>
public static class SocialCardJson
{
    /// <summary>For stored state, messages and answers: nulls are written, unknown fields skipped.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>For what others send: unknown and missing fields are errors.</summary>
    public static JsonSerializerOptions Strict { get; } = new(Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary>For what partners' systems send by webhook or queue: strict, but fields that are not known are skipped.</summary>
    public static JsonSerializerOptions Tolerant { get; } = new(Strict)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>For stored state, where an absent value takes no space.</summary>
    public static JsonSerializerOptions Compact { get; } = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Makes other options, such as the web framework's, write what <see cref="Options"/> writes.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new CamelCaseEnumConverter());
        options.Converters.Add(new InstantConverter());
    }

    /// <summary>An enum value as JSON names it.</summary>
    public static string? NameOf<T>(T? value)
        where T : struct, Enum => value is { } given ? JsonNamingPolicy.CamelCase.ConvertName(given.ToString()) : null;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        return options;
    }
}
