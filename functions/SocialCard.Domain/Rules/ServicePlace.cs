namespace SocialCard.Domain.Rules;

/// <summary>At which point a later step must be taken.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ServicePlace>))]
public enum ServicePlace
{
    /// <summary>At any.</summary>
    AnyPoint,

    /// <summary>At the one that took the report.</summary>
    AcceptingPoint,
}
