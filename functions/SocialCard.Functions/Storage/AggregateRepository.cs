using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.Functions.Storage;

/// <summary>
/// A table that keeps aggregates, one partition each: the state, the timeline, the operations that were carried out with
/// their answers, what is still to be sent, and resources that can be read by their ids.
/// </summary>
public abstract class AggregateRepository(TableServiceClient tables, string table)
{
    /// <summary>The rows of all aggregates.</summary>
    protected TableClient Rows { get; } = tables.GetTableClient(table);

    /// <summary>A resource of an aggregate, or null; one read.</summary>
    public async Task<T?> FindDocumentAsync<T>(string key, string kind, string id, CancellationToken cancellation)
        where T : class
    {
        var row = await Rows.GetEntityIfExistsAsync<DocumentRow>(key, DocumentRow.KeyOf(kind, id), cancellationToken: cancellation);
        return row.HasValue ? JsonSerializer.Deserialize<T>(row.Value!.Body, SocialCardJson.Options) : null;
    }

    /// <summary>An aggregate's timeline, oldest first.</summary>
    /// <param name="key">The aggregate.</param>
    /// <param name="after">Skip the lines up to this number.</param>
    /// <param name="limit">At most so many lines.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async IAsyncEnumerable<TimelineEntry> ReadTimelineAsync(
        string key, long after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = (EventRow.KeyOf(key, after + 1), EventRow.KeyOf(key, after + limit));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {from} and RowKey le {to}");
        await foreach (var row in Rows.QueryAsync<EventRow>(filter, cancellationToken: cancellation))
        {
            yield return row.ToEntry();
        }
    }

    /// <summary>The lines of one type on an aggregate's timeline, oldest first.</summary>
    /// <param name="key">The aggregate.</param>
    /// <param name="type">The events' name.</param>
    /// <param name="since">Skip what is older.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async IAsyncEnumerable<TimelineEntry> ReadTimelineAsync(
        string key, string type, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = (EventRow.KeyOf(key, 0), EventRow.KeyOf(key, EventRow.LastSequence));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {key} and RowKey ge {from} and RowKey le {to} and Type eq {type} and At ge {since}");
        await foreach (var row in Rows.QueryAsync<EventRow>(filter, cancellationToken: cancellation))
        {
            yield return row.ToEntry();
        }
    }

    internal async Task<OperationRow?> FindOperationAsync(string key, Operation operation, CancellationToken cancellation)
    {
        var row = await Rows.GetEntityIfExistsAsync<OperationRow>(key, OperationRow.KeyOf(operation), cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>What may not have been delivered, oldest first: of one aggregate, or of all.</summary>
    internal IAsyncEnumerable<OutboxRow> ReadOutboxAsync(string? key, CancellationToken cancellation)
    {
        var (from, to) = (OutboxRow.Prefix, "out.");
        var filter = key is not null
            ? TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {from} and RowKey lt {to}")
            : TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {to}");
        return Rows.QueryAsync<OutboxRow>(filter, cancellationToken: cancellation);
    }

    /// <summary>Removes the delivered messages of a change that no list was told of after it.</summary>
    /// <returns>False, and nothing is removed, if one may have been.</returns>
    internal async Task<bool> TryClearOutboxAsync(Commit commit, CancellationToken cancellation)
    {
        try
        {
            await Rows.SubmitTransactionAsync(
                commit.Outbox.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All))
                    .Append(new(TableTransactionActionType.Delete, UnlistedRow.Of(commit.Outbox[0].PartitionKey), commit.Unlisted!.Value)),
                cancellation);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <summary>Removes delivered messages of one aggregate; another may have removed them before.</summary>
    internal async Task ClearOutboxAsync(IReadOnlyList<OutboxRow> delivered, CancellationToken cancellation)
    {
        if (delivered.Count == 0)
        {
            return;
        }

        try
        {
            await Rows.SubmitTransactionAsync(
                delivered.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            foreach (var row in delivered)
            {
                await Rows.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            }
        }
    }
}

/// <summary>
/// The repository of one kind of aggregate. A change is one entity group transaction: the state, a timeline line an event, the
/// operation with its answer, and what is to be sent. So they cannot disagree.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public class AggregateRepository<TState>(TableServiceClient tables, TimeProvider clock) : AggregateRepository(tables, TState.Table)
    where TState : class, IAggregate<TState>
{
    /// <summary>The aggregate of a key as it is by now, or null if there is none that the caller may see; one read.</summary>
    public async Task<TState?> FindAsync(string key, Partner caller, CancellationToken cancellation) =>
        (await ReadAsync(key, caller, cancellation))?.State;

    /// <summary>The aggregate of a key as it is by now, whoever asks, or null if there is none; one read.</summary>
    public async Task<TState?> FindAsync(string key, CancellationToken cancellation) =>
        await LoadAsync(key, cancellation) is { State: var state } ? ByNow(state) : null;

    /// <summary>The hash of the last line of an aggregate's timeline, or null if there is none that the caller may see; one read.</summary>
    public async Task<string?> FindHeadAsync(string key, Partner caller, CancellationToken cancellation) =>
        await LoadAsync(key, cancellation) is { } stored && stored.State.IsSeenBy(caller) ? stored.Head : null;

    /// <summary>A resource of an aggregate as it is by now, or null if the caller may see none; two reads.</summary>
    public async Task<T?> FindDocumentAsync<T>(string key, Partner caller, string kind, string id, CancellationToken cancellation)
        where T : class => (await FindDocumentAsync<T>(key, caller, _ => null, kind, id, cancellation))?.Document;

    /// <summary>
    /// A resource of an aggregate, and the aggregate, as they are by now, or null if the caller may see none; one read where the
    /// aggregate still knows it, else two.
    /// </summary>
    public async Task<(TState State, T Document)?> FindDocumentAsync<T>(
        string key, Partner caller, Func<TState, T?> known, string kind, string id, CancellationToken cancellation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(known);
        if (await ReadAsync(key, caller, cancellation) is not { } elapsed)
        {
            return null;
        }

        if (known(elapsed.State!) is { } current)
        {
            return (elapsed.State!, current);
        }

        var changed = elapsed.Documents.LastOrDefault(document => document.Kind == kind && document.Id == id);
        var found = changed is null ? await FindDocumentAsync<T>(key, kind, id, cancellation)
            : JsonSerializer.Deserialize<T>(changed.Body, SocialCardJson.Options);
        return found is null ? null : (elapsed.State!, found);
    }

    /// <summary>An aggregate as it is by now.</summary>
    protected TState ByNow(TState state) => state.AdvanceTo(clock.GetUtcNow()).State!;

    // What has fallen due shows, although its timer has not fired yet.
    private async Task<Decision<TState>?> ReadAsync(string key, Partner caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return (await LoadAsync(key, cancellation))?.State is { } state && state.IsSeenBy(caller) ? state.AdvanceTo(
            clock.GetUtcNow()) : null;
    }

    internal async Task<Stored<TState>?> LoadAsync(string key, CancellationToken cancellation)
    {
        var row = await Rows.GetEntityIfExistsAsync<StateRow>(key, StateRow.KeyOf(TState.Kind, key), cancellationToken: cancellation);
        return row.HasValue ? row.Value!.Read<TState>() : null;
    }

    /// <summary>Notes something else beside an aggregate, unless it has moved on.</summary>
    internal async Task NoteAsync(Stored<TState> stored, string? standing, CancellationToken cancellation)
    {
        var row = new TableEntity(stored.State.Key, StateRow.KeyOf(TState.Kind, stored.State.Key))
        {
            [nameof(StateRow.Noted)] = standing ?? "",
        };
        try
        {
            await Rows.UpdateEntityAsync(row, stored.ETag, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Whatever changed it has noted what there is to be noted.
        }
    }

    /// <summary>Commits a change; nothing of it is stored when it says that the key is used or the aggregate has moved on.</summary>
    internal async Task<Commit> CommitAsync(
        Stored<TState>? before,
        Decision<TState> decision,
        IReadOnlyList<OutboxMessage> messages,
        string? standing,
        Operation operation,
        string answer,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var state = decision.State!;
        var key = state.Key;
        var actions = new List<TableTransactionAction>
        {
            // First, so that a repeated operation is told apart from an aggregate that moved on.
            new(TableTransactionActionType.Add, OperationRow.Of(key, operation, answer, now)),
        };
        var outbox = new List<OutboxRow>();
        var unlisted = -1;
        if (decision.Events.Count > 0 || !ReferenceEquals(state, before?.State))
        {
            var (sequence, head) = (before?.Sequence ?? 0, before?.Head ?? TimelineEntry.Genesis);
            foreach (var (index, happened) in decision.Events.Index())
            {
                var isElapsed = index < decision.Elapsed;
                var details = DetailsOf(happened, isElapsed ? null : operation.Proof);
                var by = isElapsed ? Operation.BySystem : operation.By;
                var entry = new TimelineEntry(++sequence, happened.Type, now, by, details, head);
                head = entry.Hash;
                actions.Add(new(TableTransactionActionType.Add, EventRow.Of(key, entry)));
            }

            // A transaction may name a row once; of a resource that changed several times the last state counts.
            actions.AddRange(decision.Documents.GroupBy(document => (document.Kind, document.Id)).Select(versions =>
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, DocumentRow.Of(key, versions.Last()))));
            outbox.AddRange(messages.Select((message, index) => OutboxRow.Of(key, sequence, index, message)));
            actions.AddRange(outbox.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
            if (messages.Any(message => message.Kind is OutboxMessageKind.Projection))
            {
                unlisted = actions.Count;
                actions.Add(new(TableTransactionActionType.UpsertReplace, UnlistedRow.Of(key)));
            }

            actions.Add(before is null
                ? new(TableTransactionActionType.Add, StateRow.Of(state, sequence, head, standing))
                : new(TableTransactionActionType.UpdateReplace, StateRow.Of(state, sequence, head, standing), before.ETag));
        }

        try
        {
            var stored = await Rows.SubmitTransactionAsync(actions, cancellation);
            return new Commit(CommitResult.Done, outbox)
            {
                Unlisted = unlisted >= 0 ? stored.Value[unlisted].Headers.ETag : null,
            };
        }
        catch (TableTransactionFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return new Commit(failure.FailedTransactionActionIndex == 0 ? CommitResult.KeyUsed : CommitResult.MovedOn, []);
        }
        catch (TableTransactionFailedException failure) when (failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied)
        {
            return new Commit(CommitResult.MovedOn, []);
        }
    }

    // What happened, and how he who asked for it was taken for himself.
    private static string DetailsOf(DomainEvent happened, RealNameVerification? proof)
    {
        if (proof is null)
        {
            return JsonSerializer.Serialize(happened, happened.GetType(), SocialCardJson.Compact);
        }

        var details = JsonSerializer.SerializeToNode(happened, happened.GetType(), SocialCardJson.Compact)!;
        var verification = JsonSerializer.SerializeToNode(proof, SocialCardJson.Compact)!.AsObject();
        if (proof.Reference.Length == 0)
        {
            verification.Remove("reference");
        }

        details["realNameVerification"] = verification;
        return details.ToJsonString(SocialCardJson.Compact);
    }
}

internal enum CommitResult
{
    Done,
    KeyUsed,
    MovedOn,
}

/// <summary>What came of a commit.</summary>
/// <param name="Result">Whether it is stored.</param>
/// <param name="Outbox">What is to be delivered.</param>
internal sealed record Commit(CommitResult Result, IReadOnlyList<OutboxRow> Outbox)
{
    /// <summary>The version of <see cref="UnlistedRow"/> that it has put there; null where no list follows it.</summary>
    public ETag? Unlisted { get; init; }
}
