using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Regions;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void A_year_has_248_working_days(int year) =>
        Assert.Equal(248, Calendar.WorkingDaysBetween(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)));

    [Theory]
    [InlineData("2025-01-26")]
    [InlineData("2025-02-08")]
    [InlineData("2025-04-27")]
    [InlineData("2025-09-28")]
    [InlineData("2025-10-11")]
    [InlineData("2026-01-04")]
    [InlineData("2026-02-14")]
    [InlineData("2026-02-28")]
    [InlineData("2026-05-09")]
    [InlineData("2026-09-20")]
    [InlineData("2026-10-10")]
    public void Make_up_days_at_weekends_are_worked(string date) => Assert.True(Calendar.IsWorkingDay(Day(date)));

    [Fact]
    public void Every_other_day_at_a_weekend_is_off()
    {
        var worked = Enumerable.Range(0, 730).Select(new DateOnly(2025, 1, 1).AddDays)
            .Where(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && Calendar.IsWorkingDay(day));
        Assert.Equal(11, worked.Count());
    }

    [Theory]
    [InlineData("2025-01-01", "2025-01-01", 1)]
    [InlineData("2025-01-28", "2025-02-04", 6)]
    [InlineData("2025-04-04", "2025-04-06", 1)]
    [InlineData("2025-05-01", "2025-05-05", 3)]
    [InlineData("2025-05-31", "2025-06-02", 1)]
    [InlineData("2025-10-01", "2025-10-08", 6)]
    [InlineData("2026-01-01", "2026-01-03", 2)]
    [InlineData("2026-02-15", "2026-02-23", 6)]
    [InlineData("2026-04-04", "2026-04-06", 1)]
    [InlineData("2026-05-01", "2026-05-05", 3)]
    [InlineData("2026-06-19", "2026-06-21", 1)]
    [InlineData("2026-09-25", "2026-09-27", 1)]
    [InlineData("2026-10-01", "2026-10-07", 5)]
    public void Holidays_are_off_from_the_first_day_to_the_last(string first, string last, int weekdays)
    {
        var holiday = Enumerable.Range(0, Day(last).DayNumber - Day(first).DayNumber + 1).Select(Day(first).AddDays).ToList();
        Assert.DoesNotContain(holiday, Calendar.IsWorkingDay);
        Assert.Equal(weekdays, holiday.Count(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));
    }

    [Theory]
    [InlineData(0, "2026-02-13")]
    [InlineData(1, "2026-02-14")]
    [InlineData(2, "2026-02-24")]
    [InlineData(3, "2026-02-25")]
    [InlineData(5, "2026-02-27")]
    [InlineData(6, "2026-02-28")]
    [InlineData(7, "2026-03-02")]
    public void A_sum_across_spring_festival_works_the_saturdays_and_skips_the_nine_days_off(int workingDays, string date)
    {
        var friday = new DateOnly(2026, 2, 13);
        Assert.Equal(new WorkingDate(Day(date), false), Calendar.AddWorkingDays(friday, workingDays));
        Assert.Equal(workingDays, Calendar.WorkingDaysBetween(friday, Day(date)));
    }

    [Fact]
    public void A_sum_that_starts_on_a_day_off_counts_the_next_working_day_first() =>
        Assert.Equal(new WorkingDate(new DateOnly(2026, 2, 24), false), Calendar.AddWorkingDays(new DateOnly(2026, 2, 17), 1));

    [Fact]
    public void A_sum_past_the_last_known_year_counts_weekends_only_and_is_provisional()
    {
        Assert.Equal(new WorkingDate(new DateOnly(2026, 12, 31), false), Calendar.AddWorkingDays(new DateOnly(2026, 12, 30), 1));
        Assert.Equal(new WorkingDate(new DateOnly(2027, 1, 1), true), Calendar.AddWorkingDays(new DateOnly(2026, 12, 31), 1));
        Assert.Equal(new WorkingDate(new DateOnly(2027, 1, 4), true), Calendar.AddWorkingDays(new DateOnly(2026, 12, 30), 3));
        Assert.True(Calendar.IsWorkingDay(new DateOnly(2027, 10, 1)));
    }

    [Fact]
    public void A_sum_that_begins_before_the_first_known_year_is_provisional() =>
        Assert.Equal(new WorkingDate(new DateOnly(2025, 1, 2), true), Calendar.AddWorkingDays(new DateOnly(2024, 12, 30), 2));

    [Fact]
    public void Working_days_are_counted_forward_only()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkingDays(new DateOnly(2026, 1, 5), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.WorkingDaysBetween(new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 4)));
        Assert.Equal(0, Calendar.WorkingDaysBetween(new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 5)));
    }

    [Fact]
    public void Adding_and_counting_are_inverse_over_two_years()
    {
        foreach (var start in Enumerable.Range(0, 600).Select(new DateOnly(2025, 1, 1).AddDays))
        {
            foreach (var days in (int[])[0, 1, 2, 5, 21])
            {
                Assert.Equal(days, Calendar.WorkingDaysBetween(start, Calendar.AddWorkingDays(start, days).Date));
            }
        }
    }

    [Fact]
    public void Operators_add_a_year_without_copying_the_others()
    {
        var extended = WorkingCalendar.Load(new RuleText(
            "own.json", """{"years":{"2027":{"source":"a notice","holidays":["2026-12-31/2027-01-02"],"makeUpDays":["2027-01-03"]}}}"""));
        Assert.Equal(new WorkingDate(new DateOnly(2027, 1, 3), false), extended.AddWorkingDays(new DateOnly(2026, 12, 30), 1));
        Assert.False(extended.IsWorkingDay(new DateOnly(2026, 10, 1)));
    }

    [Theory]
    [InlineData("""{"year":{}}""", "$.year: unknown field")]
    [InlineData("""{"years":[]}""", "$.years: expected an object")]
    [InlineData("""{"years":{"26":{}}}""", "$.years['26']: expected a year of this millennium")]
    [InlineData("""{"years":{"2027":{}}}""", "$.years['2027'].holidays: missing")]
    [InlineData("""{"years":{"2027":{"holidays":[]}}}""", "$.years['2027'].makeUpDays: missing")]
    [InlineData("""{"years":{"2027":{"holidays":[],"makeUpDays":[],"note":""}}}""", "$.years['2027'].note: unknown field")]
    [InlineData("""{"years":{"2027":{"source":1,"holidays":[],"makeUpDays":[]}}}""", "$.years['2027'].source: expected a text")]
    [InlineData("""{"years":{"2027":{"holidays":"2027-01-01","makeUpDays":[]}}}""", "$.years['2027'].holidays: expected a list")]
    [InlineData("""{"years":{"2027":{"holidays":[null],"makeUpDays":[]}}}""", "$.years['2027'].holidays[0]: null says nothing")]
    [InlineData("""{"years":{"2027":{"holidays":["2027-1-1"],"makeUpDays":[]}}}""", "$.years['2027'].holidays[0]: expected a day")]
    [InlineData(
        """{"years":{"2027":{"holidays":["2027-01-03/2027-01-01"],"makeUpDays":[]}}}""", "$.years['2027'].holidays[0]: expected a day")]
    [InlineData("""{"years":{"2027":{"holidays":["2026-10-01"],"makeUpDays":[]}}}""", "$.years['2027'].holidays[0]: outside 2027")]
    [InlineData(
        """{"years":{"2027":{"holidays":["2027-01-01","2027-01-01"],"makeUpDays":[]}}}""", "$.years['2027'].holidays[1]: listed twice")]
    [InlineData(
        """{"years":{"2027":{"holidays":[],"makeUpDays":["2027-01-04"]}}}""",
        "$.years['2027'].makeUpDays: 2027-01-04 is no Saturday or Sunday")]
    [InlineData(
        """{"years":{"2027":{"holidays":["2027-01-01/2027-01-03"],"makeUpDays":["2027-01-03"]}}}""",
        "$.years['2027'].makeUpDays: 2027-01-03 is a holiday")]
    [InlineData(
        """{"years":{"2027":{"holidays":[],"makeUpDays":[]},"2027":{"holidays":[],"makeUpDays":[]}}}""", "$.years['2027']: given twice")]
    public void A_bad_calendar_names_the_path_of_its_fault(string json, string fault)
    {
        var refusal = Assert.Throws<RegionsFileException>(() => WorkingCalendar.Read(new RuleText("calendar.json", json)));
        Assert.Contains(refusal.Faults, found => found.StartsWith(fault, StringComparison.Ordinal));
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
