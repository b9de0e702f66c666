using System.Text.Json;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Storage;

/// <summary>
/// Where every change of an aggregate is made, whoever asks: load it, let time have its effect and the aggregate decide, store
/// the decision with its answer and its messages, deliver the messages. Repetitions of an operation get the first answer.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public sealed class CommandExecutor<TState>(
    AggregateRepository<TState> repository,
    Outbox outbox,
    OperationKeys keys,
    IEnumerable<IEventHandler<TState>> handlers,
    IEnumerable<ICommittedHandler<TState>> committed,
    TimeProvider clock,
    IStanding<TState>? standing = null,
    IEnumerable<IMessageFollower>? followers = null)
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
    public Task<Outcome<TAnswer>> ExecuteAsync<TAnswer>(
        string key,
        Operation operation,
        Func<TState, DateTimeOffset, Decision<TState>> decide,
        Func<TState, TAnswer> answer,
        CancellationToken cancellation) =>
        ExecuteAsync(key, operation, (state, now) => decide(state, now).With<TAnswer>(default), (state, _) => answer(state), cancellation);

    /// <summary>Carries out an operation that also asks for something.</summary>
    /// <param name="key">The aggregate.</param>
    /// <param name="operation">What is asked, recognisable when it comes again.</param>
    /// <param name="decide">The aggregate's decision at a time; pure, since it is asked again when the aggregate has moved on.</param>
    /// <param name="answer">What the caller is told of the aggregate after the change, and of what came of it.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public async Task<Outcome<TAnswer>> ExecuteAsync<TResult, TAnswer>(
        string key,
        Operation operation,
        Func<TState, DateTimeOffset, Decision<TState, TResult>> decide,
        Func<TState, TResult?, TAnswer> answer,
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
                var before = await repository.LoadAsync(key, cancellation);
                if (before is null || (operation.Caller is { } caller && !before.State.IsSeenBy(caller)))
                {
                    return new Outcome<TAnswer>.NotFound();
                }

                span?.SetTag("socialcard.key", before.State.MaskedKey);
                var now = clock.GetUtcNow(operation.AsOf);
                // A step of a workflow is made as of its moment, however late; what fell due after that has steps of its own.
                var elapsed = before.State.AdvanceTo(operation.AsOf == default ? now : operation.AsOf);
                var (made, result) = decide(elapsed.State!, now);
                var decision = made.After(elapsed);
                if (decision.Refusal is { } refusal)
                {
                    span?.SetTag("socialcard.refusal", refusal.Code);
                    return await ReplayAsync<TAnswer>(key, operation, cancellation) ?? new Outcome<TAnswer>.Refused(refusal);
                }

                told = answer(decision.State!, result);
                commit = await CommitAsync(before, decision, operation, told, now, cancellation);
                if (commit.Result is CommitResult.Done)
                {
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

        await outbox.DeliverAsync(repository, commit, cancellation);
        return new Outcome<TAnswer>.Accepted(told);
    }

    /// <summary>
    /// Whether an operation's key belongs to another request. Asked where the body names the aggregate: with another one in the body,
    /// the key would meet a partition that does not know it.
    /// </summary>
    public async Task<bool> IsOthersKeyAsync(Operation operation, CancellationToken cancellation) =>
        await keys.BindAsync(operation, cancellation) is Binding.Other;

    /// <summary>Stores a new aggregate.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="operation">What is asked, recognisable when it comes again, also with another key for the aggregate.</param>
    /// <param name="create">
    /// The new aggregate with its first event, or why there is none. Asked again for a repetition whose first attempt did not come to its
    /// end, so what it does beside has to bear that.
    /// </param>
    /// <param name="answer">What the caller is told of the aggregate.</param>
    /// <param name="taken">What is answered when another operation has used the key of the aggregate before.</param>
    /// <param name="cancellation">Gives up before the aggregate is stored.</param>
    public async Task<Outcome<TAnswer>> CreateAsync<TAnswer>(
        string key,
        Operation operation,
        Func<DateTimeOffset, Task<Decision<TState>>> create,
        Func<TState, TAnswer> answer,
        Refusal taken,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(create);
        switch (await keys.BindAsync(operation, cancellation))
        {
            case Binding.Other:
                return new Outcome<TAnswer>.KeyReused();
            case Binding.Same when await ReplayAsync<TAnswer>(key, operation, cancellation) is { } first:
                return first;
        }

        var now = clock.GetUtcNow(operation.AsOf);
        var decision = await create(now);
        if (decision.Refusal is { } refusal)
        {
            return new Outcome<TAnswer>.Refused(refusal);
        }

        var told = answer(decision.State!);
        var commit = await CommitAsync(null, decision, operation, told, now, cancellation);
        if (commit.Result is not CommitResult.Done)
        {
            return await ReplayAsync<TAnswer>(key, operation, cancellation) ?? new Outcome<TAnswer>.Refused(taken);
        }

        await outbox.DeliverAsync(repository, commit, cancellation);
        return new Outcome<TAnswer>.Accepted(told);
    }

    private async Task<Commit> CommitAsync<TAnswer>(
        Stored<TState>? before,
        Decision<TState> decision,
        Operation operation,
        TAnswer told,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        IReadOnlyList<OutboxMessage> messages = decision.Events.Count == 0
            ? []
            : handlers.SelectMany(handler => handler.Handle(before?.State, decision.State!, decision.Events, now)).ToList();
        messages = [.. messages, .. messages.SelectMany(message => Following(message, decision.State!))];
        var noted = before?.Standing;
        if (standing is not null && decision.Events.Count > 0)
        {
            noted = standing.NoteOf(before?.Standing, decision.State!, decision.Events, now);
            if (noted != before?.Standing)
            {
                var change = new StandingChange(decision.State!.Key, before?.Standing, noted);
                messages = [.. messages, OutboxMessage.Project(standing.Projection, change)];
            }
        }

        using var span = SocialCardTelemetry.Source.StartActivity("aggregate.commit");
        var commit = await repository.CommitAsync(
            before, decision, messages, noted, operation, JsonSerializer.Serialize(told, SocialCardJson.Options), now, cancellation);
        span?.SetTag("socialcard.result", commit.Result.ToString());
        if (commit.Result is CommitResult.Done)
        {
            foreach (var handler in committed)
            {
                handler.Committed(before?.State, decision.State!, decision.Events, now);
            }
        }

        return commit;
    }

    private IEnumerable<OutboxMessage> Following(OutboxMessage message, TState state) => (followers ?? [])
        .Select(follower => follower.Follow(message, state.RegionCode))
        .OfType<OutboxMessage>();

    /// <summary>The first answer of an operation that was carried out; null if it was not.</summary>
    private async Task<Outcome<TAnswer>?> ReplayAsync<TAnswer>(string key, Operation operation, CancellationToken cancellation)
    {
        var row = await repository.FindOperationAsync(key, operation, cancellation);
        if (row is null)
        {
            return null;
        }

        if (row.RequestHash != operation.RequestHash)
        {
            return new Outcome<TAnswer>.KeyReused();
        }

        await outbox.DeliverPendingAsync(repository, key, cancellation);
        return new Outcome<TAnswer>.Replayed(JsonSerializer.Deserialize<TAnswer>(row.Answer, SocialCardJson.Options)!);
    }
}
