namespace SocialCard.Domain.Rules;

/// <summary>How far a source is trusted.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Confidence>))]
public enum Confidence
{
    /// <summary>Law, government notice or official site.</summary>
    [JsonStringEnumMemberName("A")]
    A,

    /// <summary>Press, city guide or the like reporting an official rule.</summary>
    [JsonStringEnumMemberName("B")]
    B,

    /// <summary>Aggregator or undated guide, plausible and specific.</summary>
    [JsonStringEnumMemberName("C")]
    C,

    /// <summary>A hint of low confidence, kept only where a region has nothing better; never a national default.</summary>
    [JsonStringEnumMemberName("D")]
    D,
}
