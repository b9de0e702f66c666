using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Regions;

public sealed class ActivationDeadlineTests
{
    private static readonly ActivationPolicy National = RegionPolicies.Load().National.Activation;

    [Theory]
    [InlineData("2026-01-01", "2026-10-28")]
    [InlineData("2025-05-01", "2026-02-25")]
    [InlineData("2023-05-06", "2024-03-01")]
    [InlineData("2023-05-05", "2024-02-29")]
    [InlineData("2024-02-29", "2024-12-25")]
    [InlineData("2027-12-31", "2028-10-26")]
    public void A_card_can_be_activated_through_the_whole_of_the_300th_day_after_receipt(string received, string lastDay)
    {
        var last = DateOnly.ParseExact(lastDay, "yyyy-MM-dd");
        var deadline = National.ActivationDeadline(DateOnly.ParseExact(received, "yyyy-MM-dd"));
        Assert.Equal(ChinaTime.StartOf(last.AddDays(1)), deadline);
        Assert.Equal(last, ChinaTime.DateOf(deadline!.Value.AddTicks(-1)));
    }

    [Fact]
    public void The_deadline_is_midnight_in_china() => Assert.Equal(
        new DateTimeOffset(2026, 10, 28, 16, 0, 0, TimeSpan.Zero), National.ActivationDeadline(new DateOnly(2026, 1, 1)));

    [Theory]
    [InlineData("2025-08-31", "2026-03-01")]
    [InlineData("2023-08-31", "2024-03-01")]
    [InlineData("2025-12-15", "2026-06-16")]
    public void A_deadline_in_months_keeps_within_the_month(string received, string deadline) => Assert.Equal(
        ChinaTime.StartOf(DateOnly.ParseExact(deadline, "yyyy-MM-dd")),
        (National with { Deadline = new Period(6, PeriodUnit.Months) }).ActivationDeadline(DateOnly.ParseExact(received, "yyyy-MM-dd")));

    [Fact]
    public void A_region_without_a_limit_has_no_deadline() => Assert.Null(
        (National with { Deadline = Period.NoLimit }).ActivationDeadline(new DateOnly(2026, 1, 1)));

    [Fact]
    public void A_deadline_in_another_unit_is_a_fault_of_the_program() => Assert.Throws<InvalidOperationException>(
        () => (National with { Deadline = new Period(6, PeriodUnit.Hours) }).ActivationDeadline(new DateOnly(2026, 1, 1)));
}
