using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Passwords;

public sealed class EffectiveMomentTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();

    [Theory]
    [InlineData("0 minutes", "2026-02-13T15:20+08:00", "2026-02-13T15:20+08:00", false)]
    [InlineData("90 minutes", "2026-02-13T23:00+08:00", "2026-02-14T00:30+08:00", false)]
    [InlineData("24 hours", "2026-02-13T15:20+08:00", "2026-02-14T15:20+08:00", false)]
    [InlineData("1 day at 00:00", "2026-02-13T15:20+08:00", "2026-02-14T00:00+08:00", false)]
    [InlineData("0 days at 00:00", "2026-02-13T15:20+08:00", "2026-02-13T00:00+08:00", false)]
    // Saturday the 14th is a make-up day; the Spring Festival runs from the 15th to the 23rd.
    [InlineData("1 workingDay at 00:00", "2026-02-13T15:20+08:00", "2026-02-14T00:00+08:00", false)]
    [InlineData("2 workingDays at 00:00", "2026-02-13T15:20+08:00", "2026-02-24T00:00+08:00", false)]
    [InlineData("2 workingDays at 09:30", "2026-02-13T15:20+08:00", "2026-02-24T09:30+08:00", false)]
    // Just after local midnight it is the 14th, whatever the date is in UTC.
    [InlineData("1 workingDay at 00:00", "2026-02-14T00:10+08:00", "2026-02-24T00:00+08:00", false)]
    [InlineData("2 workingDays at 00:00", "2026-12-31T10:00+08:00", "2027-01-04T00:00+08:00", true)]
    public void A_window_ends_at_a_local_moment(string window, string requested, string effective, bool provisional)
    {
        var (at, isProvisional) = EffectiveMoment.Of(Delay.Parse(window, null), Instant(requested), Calendar);
        Assert.Equal((Instant(effective), provisional), (at, isProvisional));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
