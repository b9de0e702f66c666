using System.Text.Json;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Regions;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("0 minutes", 0, PeriodUnit.Minutes)]
    [InlineData("24 hours", 24, PeriodUnit.Hours)]
    [InlineData("1 day", 1, PeriodUnit.Days)]
    [InlineData("300 days", 300, PeriodUnit.Days)]
    [InlineData("1 workingDay", 1, PeriodUnit.WorkingDays)]
    [InlineData("3 workingDays", 3, PeriodUnit.WorkingDays)]
    [InlineData("6 months", 6, PeriodUnit.Months)]
    [InlineData("9999 days", 9999, PeriodUnit.Days)]
    [InlineData("no limit", 0, PeriodUnit.NoLimit)]
    public void A_period_is_written_as_people_say_it(string text, int quantity, PeriodUnit unit)
    {
        var period = new Period(quantity, unit);
        Assert.Equal(text, period.ToString());
        Assert.Equal(period, JsonSerializer.Deserialize<Period>(JsonSerializer.Serialize(period)));
        Assert.Equal(period, Period.Parse(text, null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("300")]
    [InlineData("days")]
    [InlineData("300  days")]
    [InlineData(" 300 days")]
    [InlineData("-1 days")]
    [InlineData("+1 days")]
    [InlineData("007 days")]
    [InlineData("1 days")]
    [InlineData("2 day")]
    [InlineData("2 Days")]
    [InlineData("10000 days")]
    [InlineData("3 weeks")]
    [InlineData("3 2")]
    [InlineData("0 noLimit")]
    [InlineData("No limit")]
    [InlineData("1.5 days")]
    public void No_other_spelling_is_accepted(string? text)
    {
        Assert.False(Period.TryParse(text, null, out _));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Period>(JsonSerializer.Serialize(text)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000)]
    public void A_quantity_lies_between_0_and_9999(int quantity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(quantity, PeriodUnit.Days));

    [Theory]
    [InlineData("0 minutes")]
    [InlineData("24 hours")]
    [InlineData("2 workingDays at 00:00")]
    [InlineData("1 day at 09:30")]
    public void A_delay_is_a_duration_or_a_number_of_days_and_a_local_time(string text)
    {
        var delay = Delay.Parse(text, null);
        Assert.Equal(text, delay.ToString());
        Assert.Equal(delay, JsonSerializer.Deserialize<Delay>(JsonSerializer.Serialize(delay)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2 workingDays")]
    [InlineData("2 days")]
    [InlineData("24 hours at 00:00")]
    [InlineData("2 workingDays at 24:00")]
    [InlineData("2 workingDays at 9:30")]
    [InlineData("2 workingDays at 00:00 at 00:00")]
    [InlineData("1 month at 00:00")]
    [InlineData("no limit")]
    public void No_other_delay_is_accepted(string? text) => Assert.False(Delay.TryParse(text, null, out _));
}
