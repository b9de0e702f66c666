using Azure;
using Azure.Data.Tables;
using SocialCard.Domain.Contributions;

namespace SocialCard.Functions.Contributions;

/// <summary>A record as it is stored; money in fen, so that sums are exact.</summary>
internal sealed class ContributionRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public int Revision { get; set; }

    public string Insurance { get; set; } = "";

    public string Month { get; set; } = "";

    public long EmployerFen { get; set; }

    public long PersonalFen { get; set; }

    public string? EmployerCode { get; set; }

    public bool Withdrawn { get; set; }

    public static ContributionRow Of(string holderId, ContributionRecord record) => new()
    {
        PartitionKey = holderId,
        RowKey = record.RecordId,
        Revision = record.Revision,
        Insurance = record.Insurance.ToString(),
        Month = record.Month,
        EmployerFen = (long)(record.EmployerYuan * 100),
        PersonalFen = (long)(record.PersonalYuan * 100),
        EmployerCode = record.EmployerCode,
        Withdrawn = record.Withdrawn,
    };

    public Contribution ToContribution() =>
        new(Month, Enum.Parse<Domain.Contributions.Insurance>(Insurance), EmployerFen, PersonalFen, EmployerCode);

    public bool SaysTheSame(ContributionRow other) =>
        (Insurance, Month, EmployerFen, PersonalFen, EmployerCode, Withdrawn)
        == (other.Insurance, other.Month, other.EmployerFen, other.PersonalFen, other.EmployerCode, other.Withdrawn);
}
