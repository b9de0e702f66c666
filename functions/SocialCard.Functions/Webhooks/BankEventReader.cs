using System.Text.Json;
using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Webhooks;

/// <summary>Reads one type of what banks tell by webhook, and lets the card decide on it.</summary>
public interface IBankEventReader
{
    /// <summary>The type that it reads.</summary>
    string Type { get; }

    /// <summary>Reads an event.</summary>
    /// <param name="envelope">The event, not from the future.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>What it says of which card, or what is wrong with it.</returns>
    Task<Admission<BankFact>> ReadAsync(BankEvent envelope, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>What a bank says of a card.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Decide">
/// The card's decision on it at a time, and why the card refused it where it is noted nonetheless; the operation names what it creates.
/// </param>
public sealed record BankFact(CardNumber CardNumber, Func<Card, Operation, DateTimeOffset, Decision<Card, Refusal>> Decide);

/// <summary>A reader of events whose data have a form: they are parsed, their faults named, and the card decides.</summary>
/// <typeparam name="TData">The form.</typeparam>
/// <param name="type">The type that it reads.</param>
public abstract class BankEventReader<TData>(string type) : IBankEventReader
    where TData : class, IBankEventData
{
    /// <inheritdoc/>
    public string Type => type;

    /// <inheritdoc/>
    public async Task<Admission<BankFact>> ReadAsync(BankEvent envelope, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var (data, malformed) = JsonBody.Parse<TData>(JsonSerializer.SerializeToUtf8Bytes(envelope.Data), "data");
        if (data is null)
        {
            return malformed!;
        }

        if (Fault(data, envelope, now) is { } fault)
        {
            return Problems.Invalid($"data.{fault.Field}", fault.Message);
        }

        data = await PrepareAsync(data, cancellation);
        return new BankFact(data.CardNumber, (card, operation, at) => Decide(card, data, envelope, operation, at));
    }

    /// <summary>Adds what must be looked up elsewhere before the card decides.</summary>
    protected virtual ValueTask<TData> PrepareAsync(TData data, CancellationToken cancellation) => ValueTask.FromResult(data);

    /// <summary>What is wrong with the values of the data; null if nothing is.</summary>
    protected virtual (string Field, string Message)? Fault(TData data, BankEvent envelope, DateTimeOffset now) => null;

    /// <summary>The card's decision.</summary>
    protected abstract Decision<Card, Refusal> Decide(Card card, TData data, BankEvent envelope, Operation operation, DateTimeOffset now);

    /// <summary>The fault of a field that lies in the future.</summary>
    protected static (string Field, string Message)? InFuture(string field, DateTimeOffset? instant, DateTimeOffset now) =>
        instant > now + WebhookSignature.Tolerance ? (field, "Lies in the future.") : null;
}

/// <summary>Data of an event about a card.</summary>
public interface IBankEventData
{
    /// <summary>The card.</summary>
    CardNumber CardNumber { get; }
}
