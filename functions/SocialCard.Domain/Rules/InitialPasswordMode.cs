namespace SocialCard.Domain.Rules;

/// <summary>What may be done with an initial password.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<InitialPasswordMode>))]
public enum InitialPasswordMode
{
    /// <summary>Everything.</summary>
    Usable,

    /// <summary>Queries, no spending.</summary>
    QueryOnly,

    /// <summary>The card asks for no password until it has been changed.</summary>
    NotEnforced,

    /// <summary>No medical payment.</summary>
    PaymentForbidden,

    /// <summary>Nothing before the holder has set an own one at first use.</summary>
    SetAtFirstUse,
}
