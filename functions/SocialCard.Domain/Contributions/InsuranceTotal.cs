namespace SocialCard.Domain.Contributions;

/// <summary>What was paid to one insurance, in a year or in all years.</summary>
/// <param name="Insurance">The insurance.</param>
/// <param name="Months">For how many months.</param>
/// <param name="EmployerYuan">The employers' part.</param>
/// <param name="PersonalYuan">The person's own part.</param>
/// <param name="TotalYuan">Both.</param>
public sealed record InsuranceTotal(Insurance Insurance, int Months, decimal EmployerYuan, decimal PersonalYuan, decimal TotalYuan)
{
    /// <summary>The insurances whose years add up over a working life: how long and how much was paid decides on what one gets.</summary>
    public static IReadOnlyList<Insurance> OfAWorkingLife { get; } = [Insurance.Pension, Insurance.Medical];

    /// <summary>The totals of records by insurance; none of an insurance without any.</summary>
    public static IReadOnlyList<InsuranceTotal> Of(IEnumerable<Contribution> records) =>
        [.. records.GroupBy(record => record.Insurance).OrderBy(insurance => insurance.Key).Select(paid => Of(paid.Key, [.. paid]))];

    /// <summary>The all-time totals of the insurances of a working life, also where nothing was paid yet.</summary>
    public static IReadOnlyList<InsuranceTotal> AllTime(IEnumerable<Contribution> records)
    {
        var paid = records.ToLookup(record => record.Insurance);
        return [.. OfAWorkingLife.Select(insurance => Of(insurance, [.. paid[insurance]]))];
    }

    // Summed in fen, so that nothing is rounded.
    private static InsuranceTotal Of(Insurance insurance, IReadOnlyList<Contribution> paid) => new(
        insurance,
        paid.Select(record => record.Month).Distinct().Count(),
        paid.Sum(record => record.EmployerFen) / 100m,
        paid.Sum(record => record.PersonalFen) / 100m,
        paid.Sum(record => record.EmployerFen + record.PersonalFen) / 100m);
}
