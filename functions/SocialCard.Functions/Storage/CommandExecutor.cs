using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Storage;

/// <summary>
/// Where every change of an aggregate is made, whoever asks: load it, let time have its effect and the aggregate decide, store
/// the decision with its answer and its messages, deliver the messages. Repetitions of an operation get the first answer.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public class CommandExecutor<TState>(AggregateRepository<TState> ledger, Outbox outbox, IEnumerable<IEventHandler<TState>> reactions, TimeProvider clock)
    where TState : class, IAggregate<TState>
{
    private const int Attempts = 20;

    // Requests for one aggregate that reach one process queue up here instead of failing each other's transactions.
    private readonly SemaphoreSlim[] turnstiles = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Carries out an operation.</summary>
    /// <param name="key">The aggregate.</param>
    /// <param name="operation">What is asked, recognisable when it comes again.</param>
    /// <param name="decide">The aggregate's decision at a time; pure, since it is asked again when the aggregate has moved on.</param>
    /// <param name="answer">What the caller is told of the aggregate after the change.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public async Task<Outcome<TAnswer>> DecideAsync<TAnswer>(
        string key,
        Operation operation,
        Func<TState, DateTimeOffset, Decision<TState>> decide,
        Func<TState, TAnswer> answer,
        CancellationToken cancellation)
    {
        using var span = SocialCardTelemetry.Source.StartActivity($"{TState.Kind}.decide");
        var turnstile = turnstiles[(uint)key.GetHashCode(StringComparison.Ordinal) % turnstiles.Length];
        await turnstile.WaitAsync(cancellation);
        Commit commit;
        TAnswer told;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var before = await ledger.LoadAsync(key, cancellation);
                if (before is null || (operation.Caller is { } caller && !before.State.IsSeenBy(caller)))
                {
                    return new Outcome<TAnswer>.NotFound();
                }

                span?.SetTag("socialcard.key", before.State.MaskedKey);
                var now = clock.GetUtcNow(operation.AsOf);
                var settled = before.State.AdvanceTo(now);
                var decision = decide(settled.State!, now).After(settled);
                if (decision.Refusal is { } refusal)
                {
                    span?.SetTag("socialcard.refusal", refusal.Code);
                    return await ReplayAsync<TAnswer>(key, operation, cancellation) ?? new Outcome<TAnswer>.Refused(refusal);
                }

                told = answer(decision.State!);
                commit = await CommitAsync(before, decision, operation, told, now, cancellation);
                if (commit.Result is CommitResult.Done)
                {
                    CardMetrics.Count(decision.Events);
                    CardMetrics.Follow(before.State as Card, decision.State as Card, now);
                    break;
                }

                if (commit.Result is CommitResult.KeyUsed)
                {
                    return (await ReplayAsync<TAnswer>(key, operation, cancellation))!;
                }

                if (attempt == Attempts)
                {
                    throw new IOException($"{TState.Kind} {before.State.MaskedKey} changed {Attempts} times under the same request.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)), cancellation);
            }
        }
        finally
        {
            turnstile.Release();
        }

        await outbox.DeliverAsync(ledger, commit.Outbox, cancellation);
        return new Outcome<TAnswer>.Accepted(told);
    }

    /// <summary>Stores a new aggregate.</summary>
    /// <param name="decision">The new aggregate with its first event.</param>
    /// <param name="operation">What is asked, recognisable when it comes again.</param>
    /// <param name="answer">What the caller is told of the aggregate.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="taken">What is answered when another operation has used the key of the aggregate before.</param>
    /// <param name="cancellation">Gives up before the aggregate is stored.</param>
    public async Task<Outcome<TAnswer>> OpenAsync<TAnswer>(
        Decision<TState> decision,
        Operation operation,
        Func<TState, TAnswer> answer,
        DateTimeOffset now,
        Refusal taken,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var state = decision.State!;
        var told = answer(state);
        var commit = await CommitAsync(null, decision, operation, told, now, cancellation);
        switch (commit.Result)
        {
            case CommitResult.Done:
                CardMetrics.Count(decision.Events);
                CardMetrics.Follow(null, state as Card, now);
                await outbox.DeliverAsync(ledger, commit.Outbox, cancellation);
                return new Outcome<TAnswer>.Accepted(told);
            case CommitResult.KeyUsed:
                return (await ReplayAsync<TAnswer>(state.Key, operation, cancellation))!;
            default:
                return new Outcome<TAnswer>.Refused(taken);
        }
    }

    private async Task<Commit> CommitAsync<TAnswer>(
        Stored<TState>? before, Decision<TState> decision, Operation operation, TAnswer told, DateTimeOffset now, CancellationToken cancellation)
    {
        var messages = decision.Events.Count == 0
            ? []
            : reactions.SelectMany(reaction => reaction.Handle(before?.State, decision.State!, decision.Events, now)).ToList();
        using var span = SocialCardTelemetry.Source.StartActivity("ledger.commit");
        var commit = await ledger.CommitAsync(
            before, decision, messages, operation, JsonSerializer.Serialize(told, SocialCardJson.Options), now, cancellation);
        span?.SetTag("socialcard.result", commit.Result.ToString());
        return commit;
    }

    /// <summary>The first answer of an operation that was carried out; null if it was not.</summary>
    private async Task<Outcome<TAnswer>?> ReplayAsync<TAnswer>(string key, Operation operation, CancellationToken cancellation)
    {
        var row = await ledger.FindOperationAsync(key, operation, cancellation);
        if (row is null)
        {
            return null;
        }

        if (row.RequestHash != operation.RequestHash)
        {
            return new Outcome<TAnswer>.KeyReused();
        }

        await outbox.DeliverPendingAsync(ledger, key, cancellation);
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

    /// <summary>Refused by the aggregate or the policy.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : Outcome<TAnswer>;

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : Outcome<TAnswer>;

    /// <summary>There is no such aggregate, or none that the caller may see.</summary>
    public sealed record NotFound : Outcome<TAnswer>;
}
#pragma warning restore CA1034
