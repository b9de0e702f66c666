namespace SocialCard.Domain.Rules;

/// <summary>Which wrong attempts count towards the lock.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WrongCount>))]
public enum WrongCount
{
    /// <summary>Those since the last right one.</summary>
    Consecutive,

    /// <summary>All since the last unlock.</summary>
    Cumulative,

    /// <summary>All of one day.</summary>
    PerDay,
}
