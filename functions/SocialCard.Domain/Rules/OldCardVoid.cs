namespace SocialCard.Domain.Rules;

/// <summary>When the old card is cancelled.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OldCardVoid>))]
public enum OldCardVoid
{
    /// <summary>With the application for the new one.</summary>
    Application,

    /// <summary>With the formal loss report.</summary>
    FormalReport,

    /// <summary>When the new card is enabled.</summary>
    NewCardEnabled,

    /// <summary>At the first use of the new card.</summary>
    FirstUse,
}
