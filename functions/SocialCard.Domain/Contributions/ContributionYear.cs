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
    IReadOnlyList<InsuranceYear> Insurances,
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
                [.. year.GroupBy(record => record.Insurance).OrderBy(insurance => insurance.Key).Select(InsuranceYear.Of)],
                year.Sum(record => record.EmployerFen) / 100m,
                year.Sum(record => record.PersonalFen) / 100m,
                year.Sum(record => record.EmployerFen + record.PersonalFen) / 100m,
                [.. year.Select(record => record.EmployerCode).OfType<string>().Distinct().Order(StringComparer.Ordinal)])),
    ];
}

/// <summary>What was paid to one insurance in a year.</summary>
/// <param name="Insurance">The insurance.</param>
/// <param name="Months">For how many months.</param>
/// <param name="EmployerYuan">The employers' part.</param>
/// <param name="PersonalYuan">The person's own part.</param>
/// <param name="TotalYuan">Both.</param>
public sealed record InsuranceYear(Insurance Insurance, int Months, decimal EmployerYuan, decimal PersonalYuan, decimal TotalYuan)
{
    internal static InsuranceYear Of(IGrouping<Insurance, Contribution> records) => new(
        records.Key,
        records.Select(record => record.Month).Distinct().Count(),
        records.Sum(record => record.EmployerFen) / 100m,
        records.Sum(record => record.PersonalFen) / 100m,
        records.Sum(record => record.EmployerFen + record.PersonalFen) / 100m);
}
