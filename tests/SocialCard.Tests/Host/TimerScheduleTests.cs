using System.Globalization;
using SocialCard.Embedded.Timers;

namespace SocialCard.Tests.Host;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("* * * * * *", "2026-03-01T10:00:00.5Z", "2026-03-01T10:00:01Z")]
    [InlineData("30 * * * * *", "2026-03-01T10:00:29.9Z", "2026-03-01T10:00:30Z")]
    [InlineData("0 */5 * * * *", "2026-03-01T10:56:00Z", "2026-03-01T11:00:00Z")]
    [InlineData("*/5 * * * *", "2026-03-01T10:56:30Z", "2026-03-01T11:00:00Z")]
    [InlineData("0 0 19 * * *", "2026-03-01T19:00:00Z", "2026-03-02T19:00:00Z")]
    [InlineData("0 19 * * *", "2026-12-31T20:00:00Z", "2027-01-01T19:00:00Z")]
    [InlineData("0 30 9 * jan-mar mon-fri", "2026-03-31T09:30:00Z", "2027-01-01T09:30:00Z")]
    [InlineData("0 0 0 13 * FRI", "2026-03-14T00:00:00Z", "2026-11-13T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 12 * * *", "2026-03-01T23:00:00+08:00", "2026-03-02T12:00:00Z")]
    public void A_timer_fires_next_by_its_expression_in_universal_time(string expression, string after, string expected) =>
        Assert.Equal(Instant(expected), TimerSchedule.Parse(expression).Next(Instant(after)));

    [Theory]
    [InlineData("0 0 0 30 2 *", "2026-01-01T00:00:00Z")]
    [InlineData("0 0 0 31 12 *", "9999-12-31T00:00:00Z")]
    public void A_schedule_without_another_occurrence_says_so(string expression, string after) =>
        Assert.Null(TimerSchedule.Parse(expression).Next(Instant(after)));

    [Theory]
    [InlineData("* * * *")]
    [InlineData("")]
    [InlineData("60 * * * * *")]
    [InlineData("* * 24 * * *")]
    [InlineData("* * * * * FOO")]
    [InlineData("00:05:00")]
    public void What_is_no_schedule_is_refused_by_its_name(string expression)
    {
        var fault = Assert.Throws<FormatException>(() => TimerSchedule.Parse(expression));

        Assert.Contains($"schedule '{expression}'", fault.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
