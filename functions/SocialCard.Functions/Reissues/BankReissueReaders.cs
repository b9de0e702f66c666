using SocialCard.Functions.Cards;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Functions.Reissues;

/// <summary>Reads <c>card.fee.paid</c>: the bank took the fee of a new card.</summary>
public sealed class FeePaidReader(WorkingCalendar calendar) : BankEventReader<FeePaidData>("card.fee.paid")
{
    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, FeePaidData data, BankEvent envelope, Operation operation, DateTimeOffset now) =>
        card.Reissues.ReportPayment(data.ReissueId, data.AmountYuan, calendar, now);
}

/// <summary>Reads <c>card.produced</c>: the bank made the new card.</summary>
public sealed class ProducedReader(CardRepository cards) : BankEventReader<ProducedData>("card.produced")
{
    /// <inheritdoc/>
    protected override async ValueTask<ProducedData> PrepareAsync(ProducedData data, CancellationToken cancellation)
    {
        var found = await cards.LoadAsync(data.NewCardNumber, cancellation);
        return data with { IsInUse = found is not null && found.State.IssuedByReissue != data.ReissueId.Value };
    }

    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, ProducedData data, BankEvent envelope, Operation operation, DateTimeOffset now) =>
        card.Reissues.ReportProduction(data.ReissueId.Value, data.NewCardNumber, data.IsInUse, operation.By);
}

/// <summary>Reads <c>card.production.failed</c>: the bank could not make the new card.</summary>
public sealed class ProductionFailedReader(WorkingCalendar calendar) : BankEventReader<ProductionFailedData>("card.production.failed")
{
    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, ProductionFailedData data, BankEvent envelope, Operation operation, DateTimeOffset now) =>
        card.Reissues.ReportProductionFailure(data.ReissueId.Value, data.OrderId, operation.By, envelope.Timestamp, calendar, now);
}

/// <summary>Data of <c>card.fee.paid</c>.</summary>
/// <param name="CardNumber">The old card.</param>
/// <param name="ReissueId">The reissue.</param>
/// <param name="AmountYuan">How much, in yuan.</param>
public sealed record FeePaidData(CardNumber CardNumber, string ReissueId, int AmountYuan) : IBankEventData;

/// <summary>Data of <c>card.produced</c>.</summary>
/// <param name="ReissueId">The reissue, as the order named it.</param>
/// <param name="NewCardNumber">The new card.</param>
public sealed record ProducedData(ReissueId ReissueId, CardNumber NewCardNumber) : IBankEventData
{
    /// <summary>The old card, which the reissue's id names.</summary>
    [JsonIgnore]
    public CardNumber CardNumber => ReissueId.Card;

    /// <summary>Whether a card with the new number is registered that the reissue did not bring about; looked up, not sent.</summary>
    [JsonIgnore]
    public bool IsInUse { get; init; }
}

/// <summary>Data of <c>card.production.failed</c>.</summary>
/// <param name="ReissueId">The reissue, as the order named it.</param>
/// <param name="OrderId">
/// The order that failed; when absent, the one that was under way at the event's timestamp. With it a report that comes twice fails one
/// order only.
/// </param>
public sealed record ProductionFailedData(ReissueId ReissueId, string? OrderId = null) : IBankEventData
{
    /// <summary>The old card, which the reissue's id names.</summary>
    [JsonIgnore]
    public CardNumber CardNumber => ReissueId.Card;
}
