using System.Collections.Frozen;
using System.Text.Json;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Webhooks;

/// <summary>Takes what a bank has told and proven: a repeated id is accepted and changes nothing.</summary>
public sealed class BankEventIntake(
    RequestKey requestKey, CommandExecutor<Card> executor, IEnumerable<IBankEventReader> readers, UnknownParts unknown, TimeProvider clock)
{
    private readonly FrozenDictionary<string, IBankEventReader> types = readers.ToFrozenDictionary(reader => reader.Type);

    /// <summary>Takes an event.</summary>
    /// <param name="bank">Who told it.</param>
    /// <param name="webhookId">The id under which it was told.</param>
    /// <param name="body">What was told.</param>
    /// <param name="cancellation">Gives up before anything is stored.</param>
    /// <returns>Why it is not taken; null if it is. And its type, if that could be read.</returns>
    public async Task<(ProblemHttpResult? Problem, string? Type)> TakeAsync(
        Partner bank, string webhookId, byte[] body, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bank);
        var (envelope, malformed) = JsonBody.Parse<BankEvent>(body, reading: SocialCardJson.Tolerant);
        return envelope is null ? (malformed, null) : (await TakeAsync(bank, webhookId, body, envelope, cancellation), envelope.Type);
    }

    private async Task<ProblemHttpResult?> TakeAsync(
        Partner bank, string webhookId, byte[] body, BankEvent envelope, CancellationToken cancellation)
    {
        if (!types.TryGetValue(envelope.Type, out var reader))
        {
            unknown.Type(bank.Id, envelope.Type);
            return null;
        }

        var read = await reader.ReadAsync(envelope, clock.GetUtcNow(), cancellation);
        if (read.Value is not { } fact)
        {
            return read.Problem!;
        }

        unknown.Fields(
            bank.Id,
            envelope.Type,
            [.. UnknownFields.In<BankEvent>(JsonSerializer.Deserialize<JsonElement>(body)), .. fact.UnknownFields]);
        var name = $"webhook\n{webhookId}";
        var operation = Operation.Of(bank, name, fact.Said, requestKey);
        var outcome = await DecideAsync(fact, operation, cancellation);
        if (outcome is Outcome<BankEventTaken>.KeyReused)
        {
            // Version 1.0 knew an event by its whole body; a bank that repeats one from then repeats that too.
            outcome = await DecideAsync(fact, Operation.Of(bank, name, body, requestKey), cancellation);
        }

        return outcome switch
        {
            Outcome<BankEventTaken>.KeyReused => await ContradictAsync(fact.CardNumber, operation, envelope.Type, cancellation),
            Outcome<BankEventTaken>.Accepted { Answer.Refused: { } refusal } => Problems.Refused(refusal),
            Outcome<BankEventTaken>.Replayed { Answer.Refused: { } refusal } => Problems.Refused(refusal),
            Outcome<BankEventTaken>.Refused refused => Problems.Refused(refused.Refusal),
            Outcome<BankEventTaken>.NotFound => Problems.Refused(Refusal.CardNotFound),
            _ => null,
        };
    }

    private Task<Outcome<BankEventTaken>> DecideAsync(BankFact fact, Operation operation, CancellationToken cancellation) =>
        executor.ExecuteAsync(
            fact.CardNumber.Value,
            operation,
            (card, at) => fact.Decide(card, operation, at),
            (card, refusal) => new BankEventTaken(card.Status, refusal),
            cancellation);

    /// <summary>The card notes that an id came again with other data, once however often that comes, and operations hear of it.</summary>
    private async Task<ProblemHttpResult> ContradictAsync(
        CardNumber card, Operation operation, string type, CancellationToken cancellation)
    {
        await executor.ExecuteAsync(
            card.Value,
            operation.Then("contradicted"),
            (state, _) => Decision.Changed(state, new BankEventContradicted(operation.ResourceId, type)),
            state => new BankEventTaken(state.Status, null),
            cancellation);
        return Problems.Refused(Refusal.WebhookIdReused);
    }

    private sealed record BankEventTaken(CardStatus Status, Refusal? Refused);
}
