namespace SocialCard.Domain.Rules;

/// <summary>
/// China Standard Time: UTC+8 in the whole country, without daylight saving since 1992. Every rule counted in days counts
/// local days, so this is the one place where an instant becomes a date and a date an instant.
/// </summary>
public static class ChinaTime
{
    /// <summary>Eight hours ahead of UTC.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The local date at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant, in UTC, of a local time of day.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) => new DateTimeOffset(date.ToDateTime(time), Offset).ToUniversalTime();

    /// <summary>The instant, in UTC, at which a local day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue);
}
