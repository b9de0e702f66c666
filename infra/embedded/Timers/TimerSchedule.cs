using NCrontab;

namespace SocialCard.Embedded.Timers;

/// <summary>When a timer fires, in UTC: an NCRONTAB expression of six fields, seconds first, or of five.</summary>
internal sealed class TimerSchedule(CrontabSchedule crontab)
{
    // Every date pattern that has an occurrence at all has one within the 28-year cycle, or twice that at a century without a leap day.
    private const int SearchedYears = 56;

    /// <exception cref="FormatException">The expression is no NCRONTAB; the message says where.</exception>
    public static TimerSchedule Parse(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length;
        try
        {
            return new TimerSchedule(
                CrontabSchedule.Parse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }));
        }
        catch (CrontabException fault)
        {
            throw new FormatException($"schedule '{expression}': {fault.Message}", fault);
        }
    }

    /// <summary>The first occurrence after an instant; null if there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var start = after.UtcDateTime;
        var end = start.Year > DateTime.MaxValue.Year - SearchedYears ? DateTime.MaxValue : start.AddYears(SearchedYears);
        var next = crontab.GetNextOccurrence(start, end);
        return next < end ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }
}
