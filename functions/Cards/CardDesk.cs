using System.Text.Json;
using Microsoft.DurableTask.Client;
using SocialCard.Http;

namespace SocialCard.Cards;

/// <summary>
/// Where every change of a card is made, whoever asks: load the card, let time have its effect and the card decide, store the decision with its answer and
/// its messages, deliver the messages. Repetitions of an operation get the first answer.
/// </summary>
public sealed class CardDesk(CardStore store, Outbox outbox, IEnumerable<IReaction> reactions, TimeProvider clock)
{
    private const int Attempts = 20;

    // Requests for one card that reach one process queue up here instead of failing each other's transactions.
    private readonly SemaphoreSlim[] turnstiles = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Carries out a partner's command.</summary>
    /// <param name="command">What is asked of which card.</param>
    /// <param name="durable">Workflows that the change starts or tells.</param>
    /// <param name="decide">The card's decision at a time; pure, since it is asked again when the card has moved on.</param>
    /// <param name="answer">What the caller is told of the card after the change.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public Task<Outcome<TAnswer>> DecideAsync<TAnswer>(
        CardCommand command,
        DurableTaskClient durable,
        Func<Card, DateTimeOffset, Decision> decide,
        Func<Card, TAnswer> answer,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return DecideAsync(command.Number, command.Operation, durable, decide, answer, cancellation);
    }

    /// <summary>Carries out an operation on a card.</summary>
    /// <param name="number">The card.</param>
    /// <param name="operation">What is asked, recognisable when it comes again.</param>
    /// <param name="durable">Workflows that the change starts or tells.</param>
    /// <param name="decide">The card's decision at a time; pure, since it is asked again when the card has moved on.</param>
    /// <param name="answer">What the caller is told of the card after the change.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public async Task<Outcome<TAnswer>> DecideAsync<TAnswer>(
        CardNumber number,
        Operation operation,
        DurableTaskClient durable,
        Func<Card, DateTimeOffset, Decision> decide,
        Func<Card, TAnswer> answer,
        CancellationToken cancellation)
    {
        var turnstile = turnstiles[(uint)number.GetHashCode() % turnstiles.Length];
        await turnstile.WaitAsync(cancellation);
        Commit commit;
        TAnswer told;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var before = await store.LoadAsync(number, cancellation);
                if (before is null || operation.Caller?.Sees(before.Card) == false)
                {
                    return new Outcome<TAnswer>.NotFound();
                }

                var now = clock.GetUtcNow();
                var settled = before.Card.Settle(now);
                var decision = decide(settled.Card!, now).After(settled);
                if (decision.Refusal is { } refusal)
                {
                    return await ReplayAsync<TAnswer>(number, operation, durable, cancellation) ?? new Outcome<TAnswer>.Refused(refusal);
                }

                told = answer(decision.Card!);
                commit = await CommitAsync(before, decision, operation, told, now, cancellation);
                if (commit.Result is CommitResult.Done)
                {
                    CardMetrics.Count(decision.Events);
                    break;
                }

                if (commit.Result is CommitResult.KeyUsed)
                {
                    return (await ReplayAsync<TAnswer>(number, operation, durable, cancellation))!;
                }

                if (attempt == Attempts)
                {
                    throw new IOException($"Card {number.Masked} changed {Attempts} times under the same request.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)), cancellation);
            }
        }
        finally
        {
            turnstile.Release();
        }

        await outbox.DeliverAsync(commit.Outbox, durable, cancellation);
        return new Outcome<TAnswer>.Accepted(told);
    }

    /// <summary>Registers a new card.</summary>
    /// <param name="decision">The new card with its first event.</param>
    /// <param name="operation">What is asked, recognisable when it comes again.</param>
    /// <param name="durable">Workflows that the change starts or tells.</param>
    /// <param name="answer">What the caller is told of the card.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="cancellation">Gives up before the card is stored.</param>
    public async Task<Outcome<TAnswer>> RegisterAsync<TAnswer>(
        Decision decision,
        Operation operation,
        DurableTaskClient durable,
        Func<Card, TAnswer> answer,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var card = decision.Card!;
        await store.IndexHolderAsync(card, cancellation);
        var told = answer(card);
        var commit = await CommitAsync(null, decision, operation, told, now, cancellation);
        switch (commit.Result)
        {
            case CommitResult.Done:
                await outbox.DeliverAsync(commit.Outbox, durable, cancellation);
                return new Outcome<TAnswer>.Accepted(told);
            case CommitResult.KeyUsed:
                return (await ReplayAsync<TAnswer>(card.Number, operation, durable, cancellation))!;
            default:
                return new Outcome<TAnswer>.Refused(Refusal.CardAlreadyRegistered);
        }
    }

    private Task<Commit> CommitAsync<TAnswer>(
        StoredCard? before, Decision decision, Operation operation, TAnswer told, DateTimeOffset now, CancellationToken cancellation)
    {
        var messages = decision.Events.Count == 0
            ? []
            : reactions.SelectMany(reaction => reaction.React(before?.Card, decision.Card!, decision.Events, now)).ToList();
        return store.CommitAsync(
            before, decision, messages, operation, JsonSerializer.Serialize(told, SocialCardJson.Options), now, cancellation);
    }

    /// <summary>The first answer of an operation that was carried out; null if it was not.</summary>
    private async Task<Outcome<TAnswer>?> ReplayAsync<TAnswer>(
        CardNumber number, Operation operation, DurableTaskClient durable, CancellationToken cancellation)
    {
        var row = await store.FindOperationAsync(number, operation, cancellation);
        if (row is null)
        {
            return null;
        }

        if (row.RequestHash != operation.RequestHash)
        {
            return new Outcome<TAnswer>.KeyReused();
        }

        await outbox.DeliverPendingAsync(number, durable, cancellation);
        return new Outcome<TAnswer>.Replayed(JsonSerializer.Deserialize<TAnswer>(row.Answer, SocialCardJson.Options)!);
    }
}

/// <summary>What came of an operation.</summary>
/// <typeparam name="TAnswer">What the caller is told.</typeparam>
#pragma warning disable CA1034 // The cases of a closed set belong to it.
public abstract record Outcome<TAnswer>
{
    private Outcome()
    {
    }

    /// <summary>The answer of an operation that the caller knows cannot be refused.</summary>
    /// <exception cref="InvalidOperationException">It was not carried out.</exception>
    public TAnswer Done() => this switch
    {
        Accepted accepted => accepted.Answer,
        Replayed replayed => replayed.Answer,
        _ => throw new InvalidOperationException($"The operation was not carried out: {GetType().Name}."),
    };

    /// <summary>Carried out now.</summary>
    /// <param name="Answer">The answer.</param>
    public sealed record Accepted(TAnswer Answer) : Outcome<TAnswer>;

    /// <summary>Carried out before.</summary>
    /// <param name="Answer">The first answer.</param>
    public sealed record Replayed(TAnswer Answer) : Outcome<TAnswer>;

    /// <summary>Refused by the card or the policy.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : Outcome<TAnswer>;

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : Outcome<TAnswer>;

    /// <summary>There is no such card, or none that the caller may see.</summary>
    public sealed record NotFound : Outcome<TAnswer>;
}
#pragma warning restore CA1034
