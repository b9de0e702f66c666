using SocialCard.Functions.Webhooks;

namespace SocialCard.Functions.Passwords;

/// <summary>Reads <c>card.password.changed</c>: the holder changed the financial password at the bank.</summary>
public sealed class FinancialPasswordChangedReader() : BankEventReader<PasswordChangedData>("card.password.changed")
{
    // Longer than any bank's window; a slip of the pen would keep the holder waiting for years.
    private const int LatestDays = 366;

    /// <inheritdoc/>
    protected override IEnumerable<ToldInstant> InstantsOf(PasswordChangedData data) => [new("changedAt", data.ChangedAt)];

    /// <inheritdoc/>
    protected override (string Field, string Message)? Fault(PasswordChangedData data, BankEvent envelope, DateTimeOffset now) =>
        data.EffectiveAt < data.ChangedAt ? ("effectiveAt", "Lies before the change.")
        : data.EffectiveAt > data.ChangedAt.AddDays(LatestDays) ? ("effectiveAt", $"Lies more than {LatestDays} days after the change.")
        : null;

    /// <inheritdoc/>
    protected override Decision<Card, Refusal> Decide(
        Card card, PasswordChangedData data, BankEvent envelope, Operation operation, DateTimeOffset now) =>
        card.Passwords.FinancialChanged(data.ChangedAt, data.EffectiveAt ?? data.ChangedAt);
}

/// <summary>Data of <c>card.password.changed</c>: times only, the password stays with the bank.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ChangedAt">When the holder changed it.</param>
/// <param name="EffectiveAt">From when on the new one counts; at once when absent.</param>
public sealed record PasswordChangedData(CardNumber CardNumber, DateTimeOffset ChangedAt, DateTimeOffset? EffectiveAt = null)
    : IBankEventData;
