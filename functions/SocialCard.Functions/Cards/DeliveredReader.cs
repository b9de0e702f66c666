using SocialCard.Functions.Rules;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Functions.Cards;

/// <summary>Reads <c>card.delivered</c>: the bank handed the card over, or the post did.</summary>
public sealed class DeliveredReader(ActivationRules rules) : BankEventReader<DeliveredData>("card.delivered")
{
    /// <inheritdoc/>
    protected override (string Field, string Message)? Fault(DeliveredData data, BankEvent envelope, DateTimeOffset now) =>
        ReceiptDay.Fault(DayOf(data, envelope), ChinaTime.DateOf(now)) is { } wrong ? ("deliveredOn", wrong) : null;

    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, DeliveredData data, BankEvent envelope, Operation operation, DateTimeOffset now) =>
        card.Activation.ReportReceipt(DayOf(data, envelope), rules.For(card, now), now);

    private static DateOnly DayOf(DeliveredData data, BankEvent envelope) => data.DeliveredOn ?? ChinaTime.DateOf(envelope.Timestamp);
}

/// <summary>Data of <c>card.delivered</c>.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="DeliveredOn">The local day on which the holder got it; the event's day when absent.</param>
public sealed record DeliveredData(CardNumber CardNumber, DateOnly? DeliveredOn = null) : IBankEventData;
