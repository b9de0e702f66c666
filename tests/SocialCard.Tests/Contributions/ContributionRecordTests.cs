using SocialCard.Domain.Cards;
using SocialCard.Domain.Contributions;

namespace SocialCard.Tests.Contributions;

public class ContributionRecordTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private const string Record =
        """{"recordId":"r-1","revision":1,"cardNumber":"A00000001","insurance":"pension","month":"2026-03","employerYuan":1600.55,"personalYuan":800.3,"employerCode":"91350100M000100Y43"}""";

    [Fact]
    public void A_record_is_read() =>
        Assert.Equal(
            new("r-1", 1, CardNumber.Parse("A00000001"), Insurance.Pension, "2026-03", 1600.55m, 800.3m, "91350100M000100Y43"),
            ContributionRecord.Parse(Record, Today).Value);

    [Theory]
    [InlineData("\"r-1\"", "\"\"", "recordId")]
    [InlineData("\"r-1\"", "\"a/b\"", "recordId")]
    [InlineData("\"revision\":1", "\"revision\":0", "revision")]
    [InlineData("2026-03", "2026-13", "month")]
    [InlineData("2026-03", "2026-3", "month")]
    [InlineData("800.3", "800.301", "amount")]
    [InlineData("800.3", "-1", "amount")]
    [InlineData("800.3", "10000000.01", "amount")]
    [InlineData("00Y43", "00Y44", "employerCode")]
    [InlineData("pension", "dental", "$.insurance")]
    [InlineData("A00000001", "a", "$.cardNumber")]
    [InlineData("\"month\"", "\"months\"", "lacks month")]
    [InlineData("2026-03", "2028-01", "month is at most of the next year")]
    [InlineData("2026-03", "1951-02", "month is 1951-03 or later")]
    [InlineData("{", "[", "form")]
    public void What_cannot_be_taken_is_told(string part, string other, string named)
    {
        var failure = Assert.Throws<InvalidContributionException>(
            () => ContributionRecord.Parse(Record.Replace(part, other, StringComparison.Ordinal), Today));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1951-03")]
    [InlineData("2027-12")]
    public void A_month_since_there_is_insurance_and_up_to_the_next_year_is_taken(string month) =>
        Assert.Equal(month, ContributionRecord.Parse(Record.Replace("2026-03", month, StringComparison.Ordinal), Today).Value.Month);

    [Fact]
    public void A_field_that_is_not_known_is_skipped_and_named()
    {
        var (record, unknown) = ContributionRecord.Parse(Record.Replace("{", """{"base":20000,""", StringComparison.Ordinal), Today);

        Assert.Equal(ContributionRecord.Parse(Record, Today).Value, record);
        Assert.Equal(["base"], unknown);
    }

    [Fact]
    public void A_year_adds_up_to_the_fen()
    {
        Contribution[] rows =
        [
            .. Enumerable.Range(1, 12).Select(month => Paid($"2025-{month:D2}", Insurance.Pension, 10, 5)),
            Paid("2025-12", Insurance.Pension, 1, 0),
            Paid("2025-01", Insurance.Medical, 33, 34),
            Paid("2026-01", Insurance.Pension, 7, 7),
        ];
        var years = ContributionYear.Of(rows);
        Assert.Equal([2026, 2025], years.Select(year => year.Year));
        Assert.Equal((1.54m, 0.94m, 2.48m), (years[1].EmployerYuan, years[1].PersonalYuan, years[1].TotalYuan));
        Assert.Equal(new InsuranceTotal(Insurance.Pension, 12, 1.21m, 0.60m, 1.81m), years[1].Insurances[0]);
        Assert.Equal(new InsuranceTotal(Insurance.Medical, 1, 0.33m, 0.34m, 0.67m), years[1].Insurances[1]);
    }

    [Fact]
    public void What_a_working_life_has_paid_for_pension_and_medical_care_adds_up_to_the_fen_over_all_years()
    {
        Contribution[] rows =
        [
            .. Enumerable.Range(0, 480).Select(month => Paid($"{1986 + (month / 12)}-{(month % 12) + 1:D2}", Insurance.Pension, 3, 1)),
            Paid("2025-12", Insurance.Pension, 1, 0),
            Paid("2025-12", Insurance.Maternity, 99, 99),
        ];

        Assert.Equal(
            [
                new(Insurance.Pension, 480, 14.41m, 4.80m, 19.21m),
                new(Insurance.Medical, 0, 0, 0, 0),
            ],
            InsuranceTotal.AllTime(rows));
    }

    private static Contribution Paid(string month, Insurance insurance, long employerFen, long personalFen) =>
        new(month, insurance, employerFen, personalFen, null);
}
