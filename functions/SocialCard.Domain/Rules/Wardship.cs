namespace SocialCard.Domain.Rules;

/// <summary>Whom a guardian applies for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Wardship>))]
public enum Wardship
{
    /// <summary>His son or daughter; counts among the children.</summary>
    Child,

    /// <summary>Another minor under his guardianship; counts among the others.</summary>
    Ward,
}
