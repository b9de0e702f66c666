namespace SocialCard.Domain.Rules;

/// <summary>What an electronic card is good for while its physical card is not.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ElectronicCardUse>))]
public enum ElectronicCardUse
{
    /// <summary>Everything.</summary>
    Usable,

    /// <summary>Everything, once its holder has said so.</summary>
    WithAuthorization,

    /// <summary>Nothing.</summary>
    Blocked,
}
