namespace SocialCard.Domain.Rules;

/// <summary>Where a locked password is unlocked.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UnlockPlace>))]
public enum UnlockPlace
{
    /// <summary>At any point of the region.</summary>
    Anywhere,

    /// <summary>Where it was locked.</summary>
    WhereLocked,
}
