using System.Globalization;
using SocialCard.Embedded.Timers;

namespace SocialCard.Tests.Host;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("* * * * * *", "2026-03-01T10:00:00.5Z", "2026-03-01T10:00:01Z")]
    [InlineData("0 * * * * *", "2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z")]
    [InlineData("30 * * * * *", "2026-03-01T10:00:29.9Z", "2026-03-01T10:00:30Z")]
    [InlineData("0 */5 * * * *", "2026-03-01T10:56:00Z", "2026-03-01T11:00:00Z")]
    [InlineData("0 5/15 * * * *", "2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z")]
    [InlineData("0 5/15 * * * *", "2026-03-01T10:50:00Z", "2026-03-01T11:05:00Z")]
    [InlineData("0 0-20/10 * * * *", "2026-03-01T10:20:00Z", "2026-03-01T11:00:00Z")]
    [InlineData("15,45 0 0 * * *", "2026-03-01T00:00:15Z", "2026-03-01T00:00:45Z")]
    [InlineData("0 0 19 * * *", "2026-03-01T19:00:00Z", "2026-03-02T19:00:00Z")]
    [InlineData("0 0 19 * * *", "2026-12-31T20:00:00Z", "2027-01-01T19:00:00Z")]
    [InlineData("59 59 23 * * *", "2026-02-28T23:59:58Z", "2026-02-28T23:59:59Z")]
    [InlineData("0 0 0 1 * *", "2026-01-31T12:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("0 0 0 31 * *", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("0 30 9 * JAN MON", "2026-02-01T00:00:00Z", "2027-01-04T09:30:00Z")]
    [InlineData("0 30 9 * jan-mar mon-fri", "2026-03-31T09:30:00Z", "2027-01-01T09:30:00Z")]
    [InlineData("0 0 0 * * 0", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("0 0 0 13 * FRI", "2026-03-14T00:00:00Z", "2026-11-13T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 12 * * *", "2026-03-01T23:00:00+08:00", "2026-03-02T12:00:00Z")]
    public void Next_occurrence_follows_the_expression(string expression, string after, string expected) =>
        Assert.Equal(Instant(expected), CronSchedule.Parse(expression).Next(Instant(after)));

    [Theory]
    [InlineData("0 0 0 30 2 *", "2026-01-01T00:00:00Z")]
    [InlineData("0 0 0 31 12 *", "9999-12-31T00:00:00Z")]
    public void A_schedule_without_another_occurrence_says_so(string expression, string after) =>
        Assert.Null(CronSchedule.Parse(expression).Next(Instant(after)));

    [Theory]
    [InlineData("* * * * *", "six are needed")]
    [InlineData("", "six are needed")]
    [InlineData("60 * * * * *", "no second")]
    [InlineData("* 60 * * * *", "no minute")]
    [InlineData("* * 24 * * *", "no hour")]
    [InlineData("* * * 0 * *", "no day of the month")]
    [InlineData("* * * * 13 *", "no month")]
    [InlineData("* * * * * 7", "no day of the week")]
    [InlineData("* * * * * MOND", "no day of the week")]
    [InlineData("*/0 * * * * *", "no second")]
    [InlineData("*/-1 * * * * *", "no second")]
    [InlineData("20-10 * * * * *", "no second")]
    [InlineData("1,,2 * * * * *", "no second")]
    [InlineData("1- * * * * *", "no second")]
    public void What_is_no_schedule_is_refused_with_the_faulty_field(string expression, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => CronSchedule.Parse(expression)).Message, StringComparison.Ordinal);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
