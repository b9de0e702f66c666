using SocialCard.Functions.Webhooks;

namespace SocialCard.Functions.LossReports;

/// <summary>Reads <c>card.loss.reported</c>: the holder reported the financial application at the bank.</summary>
public sealed class LossReportedReader(RegionPolicies regions, WorkingCalendar calendar)
    : BankEventReader<BankLossReportedData>("card.loss.reported")
{
    /// <inheritdoc/>
    protected override IEnumerable<ToldInstant> InstantsOf(BankLossReportedData data) => [new("reportedAt", data.ReportedAt)];

    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, BankLossReportedData data, BankEvent envelope, Operation operation, DateTimeOffset now) =>
        card.LossReports.FinancialReported(operation.ResourceId, data.Kind, data.ReportedAt, regions.For(card.RegionCode), calendar, now);
}

/// <summary>Reads <c>card.loss.released</c>: the bank released the financial application.</summary>
public sealed class LossReleasedReader() : BankEventReader<BankLossReleasedData>("card.loss.released")
{
    /// <inheritdoc/>
    protected override IEnumerable<ToldInstant> InstantsOf(BankLossReleasedData data) => [new("releasedAt", data.ReleasedAt)];

    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, BankLossReleasedData data, BankEvent envelope, Operation operation, DateTimeOffset now) =>
        card.LossReports.FinancialReleased(operation.ResourceId, data.ReleasedAt, now);
}

/// <summary>Data of <c>card.loss.reported</c>.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ReportedAt">When the holder reported it.</param>
/// <param name="Kind">Temporary, unless the bank says that it was formal.</param>
public sealed record BankLossReportedData(
    CardNumber CardNumber, DateTimeOffset ReportedAt, LossReportKind Kind = LossReportKind.Temporary) : IBankEventData;

/// <summary>Data of <c>card.loss.released</c>.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ReleasedAt">When the bank released it.</param>
/// <param name="Kind">Which kind of report it was, if the bank says so; whatever holds is released.</param>
public sealed record BankLossReleasedData(CardNumber CardNumber, DateTimeOffset ReleasedAt, LossReportKind? Kind = null) : IBankEventData;
