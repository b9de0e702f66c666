using SocialCard.Functions.Rules;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Functions.Activation;

/// <summary>Reads <c>card.financial.activated</c>: the holder activated the account at the bank.</summary>
public sealed class FinancialActivatedReader(ActivationRules rules) : BankEventReader<FinancialActivatedData>("card.financial.activated")
{
    /// <inheritdoc/>
    protected override IEnumerable<ToldInstant> InstantsOf(FinancialActivatedData data) =>
        data.ActivatedAt is { } at ? [new("activatedAt", at)] : [];

    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, FinancialActivatedData data, BankEvent envelope, Operation operation, DateTimeOffset now)
    {
        var at = data.ActivatedAt ?? envelope.Timestamp;
        return card.Activation.ActivateFinancial(at, rules.For(card, at));
    }
}

/// <summary>Data of <c>card.financial.activated</c>.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ActivatedAt">When the account was activated; the event's timestamp when absent.</param>
public sealed record FinancialActivatedData(CardNumber CardNumber, DateTimeOffset? ActivatedAt = null) : IBankEventData;
