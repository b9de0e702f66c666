using System.Text;
using System.Text.Json;

namespace SocialCard.Functions.Webhooks;

/// <summary>Reads one type of what banks tell by webhook, and lets the card decide on it.</summary>
public interface IBankEventReader
{
    /// <summary>The type that it reads.</summary>
    string Type { get; }

    /// <summary>Reads an event.</summary>
    /// <param name="envelope">The event.</param>
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
public sealed record BankFact(CardNumber CardNumber, Func<Card, Operation, DateTimeOffset, Decision<Card, Refusal>> Decide)
{
    /// <summary>Its type and data in the service's own words: the same whatever their layout, order and envelope.</summary>
    public required byte[] Said { get; init; }

    /// <summary>The places of the fields of the data that are not known.</summary>
    public required IReadOnlyList<string> UnknownFields { get; init; }
}

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
        var (sent, malformed) = JsonBody.Parse<TData>(JsonSerializer.SerializeToUtf8Bytes(envelope.Data), "data", SocialCardJson.Tolerant);
        if (sent is null)
        {
            return malformed!;
        }

        ToldInstant[] told =
        [
            new("timestamp", envelope.Timestamp),
            .. InstantsOf(sent).Select(instant => instant with { Field = $"data.{instant.Field}" }),
        ];
        foreach (var instant in told)
        {
            if (instant.FaultAt(now) is { } wrong)
            {
                return Problems.Invalid(instant.Field, wrong);
            }
        }

        if (Fault(sent, envelope, now) is { } fault)
        {
            return Problems.Invalid($"data.{fault.Field}", fault.Message);
        }

        var data = await PrepareAsync(sent, cancellation);
        return new BankFact(data.CardNumber, (card, operation, at) =>
            told.Select(instant => instant.RefusedBy(card)).FirstOrDefault(refusal => refusal is not null) is { } tooEarly ? tooEarly
                : Decide(card, data, envelope, operation, at))
        {
            Said = [.. Encoding.UTF8.GetBytes($"{type}\n"), .. JsonSerializer.SerializeToUtf8Bytes(sent, SocialCardJson.Compact)],
            UnknownFields = UnknownFields.In<TData>(envelope.Data),
        };
    }

    /// <summary>Adds what must be looked up elsewhere before the card decides.</summary>
    protected virtual ValueTask<TData> PrepareAsync(TData data, CancellationToken cancellation) => ValueTask.FromResult(data);

    /// <summary>The instants at which the data say that something happened.</summary>
    protected virtual IEnumerable<ToldInstant> InstantsOf(TData data) => [];

    /// <summary>What else is wrong with the values of the data; null if nothing is.</summary>
    protected virtual (string Field, string Message)? Fault(TData data, BankEvent envelope, DateTimeOffset now) => null;

    /// <summary>The card's decision.</summary>
    protected abstract Decision<Card, Refusal> Decide(Card card, TData data, BankEvent envelope, Operation operation, DateTimeOffset now);
}

/// <summary>Data of an event about a card.</summary>
public interface IBankEventData
{
    /// <summary>The card.</summary>
    CardNumber CardNumber { get; }
}
