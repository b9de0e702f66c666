namespace SocialCard.Domain.Rules;

/// <summary>Which application must be activated in time.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ActivationScope>))]
public enum ActivationScope
{
    /// <summary>Either application satisfies the clock.</summary>
    Any,

    /// <summary>The social-security application counts.</summary>
    Social,

    /// <summary>The financial application counts.</summary>
    Financial,

    /// <summary>Both applications must be active.</summary>
    Both,
}
