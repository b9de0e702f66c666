namespace SocialCard.Domain.Contributions;

/// <summary>What was paid for a person in a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Insurances">By insurance.</param>
/// <param name="EmployerYuan">The employers' part of all insurances.</param>
/// <param name="PersonalYuan">The person's own part of all insurances.</param>
/// <param name="TotalYuan">Both.</param>
/// <param name="EmployerCodes">The employers that paid.</param>
public sealed record ContributionYear(
    int Year,
    IReadOnlyList<InsuranceTotal> Insurances,
    decimal EmployerYuan,
    decimal PersonalYuan,
    decimal TotalYuan,
    IReadOnlyList<string> EmployerCodes)
{
    /// <summary>The years of records, newest first.</summary>
    public static IReadOnlyList<ContributionYear> Of(IEnumerable<Contribution> records) =>
    [
        .. records.GroupBy(record => int.Parse(record.Month.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture))
            .OrderByDescending(year => year.Key)
            .Select(year => new ContributionYear(
                year.Key,
                InsuranceTotal.Of(year),
                year.Sum(record => record.EmployerFen) / 100m,
                year.Sum(record => record.PersonalFen) / 100m,
                year.Sum(record => record.EmployerFen + record.PersonalFen) / 100m,
                [.. year.Select(record => record.EmployerCode).OfType<string>().Distinct().Order(StringComparer.Ordinal)])),
    ];
}
