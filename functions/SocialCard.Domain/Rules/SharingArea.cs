namespace SocialCard.Domain.Rules;

/// <summary>Where both sides must be insured.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SharingArea>))]
public enum SharingArea
{
    /// <summary>In the same fund area.</summary>
    PoolingArea,

    /// <summary>In the same province.</summary>
    Province,

    /// <summary>Anywhere.</summary>
    Nation,
}
