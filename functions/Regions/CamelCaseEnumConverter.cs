using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialCard.Regions;

/// <summary>
/// Enums as camelCase strings whatever the serializer's options: a policy is stored by platforms that bring their own.
/// </summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
