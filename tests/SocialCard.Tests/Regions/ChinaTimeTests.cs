using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Regions;

public sealed class ChinaTimeTests
{
    [Theory]
    [InlineData("2026-02-13T15:59:59.9999999Z", "2026-02-13")]
    [InlineData("2026-02-13T16:00:00Z", "2026-02-14")]
    [InlineData("2025-12-31T16:00:00Z", "2026-01-01")]
    [InlineData("2026-01-01T00:30:00+14:00", "2025-12-31")]
    [InlineData("1990-07-01T15:30:00Z", "1990-07-01")]
    public void An_instant_has_the_date_of_eight_hours_ahead_of_utc(string instant, string date) =>
        Assert.Equal(Day(date), ChinaTime.DateOf(Instant(instant)));

    [Fact]
    public void A_day_begins_at_16_00_utc_of_the_day_before_and_is_given_in_utc()
    {
        var start = ChinaTime.StartOf(new DateOnly(2026, 3, 1));
        Assert.Equal(Instant("2026-02-28T16:00:00Z"), start);
        Assert.Equal(TimeSpan.Zero, start.Offset);
        Assert.Equal(Instant("2026-03-01T01:30:00Z"), ChinaTime.At(new DateOnly(2026, 3, 1), new TimeOnly(9, 30)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text);
}
