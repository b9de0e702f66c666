using SocialCard.Cards;
using SocialCard.Http;
using SocialCard.Partners;
using SocialCard.Regions;

namespace SocialCard.Reissues;

/// <summary>What banks tell of reissues: the fee, the new card, or that it could not be made.</summary>
public sealed class ReissueBankEvents(CardStore store, WorkingCalendar calendar) : IBankEventReader
{
    /// <inheritdoc/>
    public async Task<BankEventReading?> ReadAsync(BankEvent envelope, Partner bank, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(bank);
        switch (envelope.Type)
        {
            case "card.fee.paid":
                var (paid, problem) = envelope.Read<FeePaidData>();
                return problem is not null ? problem : new BankEventReading(
                    paid!.CardNumber, (card, now) => card.ReportReissuePayment(paid.ReissueId, paid.AmountYuan, calendar, now));
            case "card.produced":
                var (produced, fault) = envelope.Read<ProducedData>();
                if (fault is not null)
                {
                    return fault;
                }

                if (!Reissue.TryReadCard(produced!.ReissueId, out var old))
                {
                    return NotAnId;
                }

                var found = await store.LoadAsync(produced.NewCardNumber, cancellation);
                var isInUse = found is not null && found.Card.IssuedByReissue != produced.ReissueId;
                return new BankEventReading(
                    old, (card, _) => card.ReportProduction(produced.ReissueId, produced.NewCardNumber, isInUse, bank.Id));
            case "card.production.failed":
                var (failed, wrong) = envelope.Read<ProductionFailedData>();
                return wrong is not null ? wrong
                    : !Reissue.TryReadCard(failed!.ReissueId, out var ordered) ? NotAnId
                    : new BankEventReading(
                        ordered, (card, now) => card.ReportProductionFailure(failed.ReissueId, failed.OrderId, bank.Id, calendar, now));
            default:
                return null;
        }
    }

    private static BankEventReading NotAnId => Problems.Invalid("data.reissueId", "Not the id of a reissue.");
}

/// <summary>Data of <c>card.fee.paid</c>.</summary>
/// <param name="CardNumber">The old card.</param>
/// <param name="ReissueId">The reissue.</param>
/// <param name="AmountYuan">How much, in yuan.</param>
public sealed record FeePaidData(CardNumber CardNumber, string ReissueId, int AmountYuan);

/// <summary>Data of <c>card.produced</c>.</summary>
/// <param name="ReissueId">The reissue, as the order named it.</param>
/// <param name="NewCardNumber">The new card.</param>
public sealed record ProducedData(string ReissueId, CardNumber NewCardNumber);

/// <summary>Data of <c>card.production.failed</c>.</summary>
/// <param name="ReissueId">The reissue, as the order named it.</param>
/// <param name="OrderId">The order that failed; with it a report that comes twice fails one order only.</param>
public sealed record ProductionFailedData(string ReissueId, string? OrderId = null);
