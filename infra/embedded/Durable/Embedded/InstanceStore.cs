using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Azure;
using Azure.Data.Tables;
using DurableTask.Core;
using DurableTask.Core.Query;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>Another writer has changed the instance since it was loaded, or has started it first.</summary>
internal sealed class InstanceConflictException(string instanceId, Exception cause)
    : Exception($"Instance '{instanceId}' was changed by another writer.", cause);

/// <summary>
/// Keeps instances in the hub's table. A commit is the instance's row with the newest page of its log, guarded by its ETag, and beside it
/// the work row and the timer row. Commits that come while others are being written share the next entity group transaction.
/// </summary>
internal sealed partial class InstanceStore(TableClient table)
{
    // Table Storage's limits, in UTF-16 and in the worst case of JSON (six bytes a character): 32 Ki characters a property,
    // 512 Ki an entity, 4 MiB and 100 entities a transaction.
    private const int PieceLength = 30_000;
    private const int PageLength = 4 * PieceLength;
    private const int TextInTransaction = 5 * PageLength;
    private const int ActionsInTransaction = 100;
    private const int StaleInCommit = 80;
    private const int Writers = 2;

    private readonly Channel<Commit> commits = Channel.CreateUnbounded<Commit>();
    private readonly string writer = Guid.NewGuid().ToString("N");
    private Func<Task> ensureHeld = () => Task.CompletedTask;
    private long commitCount;

    /// <summary>Reads an instance; null where there is none. One operation, one more if its log has full pages.</summary>
    public async Task<Instance?> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.Partition, InstanceKeys.Instance(instanceId), cancellationToken: cancellation);
        return found.HasValue ? await ReadAsync(instanceId, found.Value!, cancellation) : null;
    }

    /// <summary>Stores what was appended to the instance since its last commit.</summary>
    public async Task CommitAsync(Instance instance)
    {
        InstanceRow row = instance.Row;
        List<TableTransactionAction> stale = row.Execution == instance.Execution ? [] : PagesOf(instance);
        if (row.Execution != instance.Execution)
        {
            (row.Execution, row.Pages) = (instance.Execution, 0);
            row.Text.Clear();
        }

        row.Text.Append(instance.Unwritten);
        instance.Unwritten.Clear();
        await WriteFullPagesAsync(instance);

        string mark = string.Create(CultureInfo.InvariantCulture, $"{writer}/{Interlocked.Increment(ref commitCount)}");
        List<TableTransactionAction> actions = [new(
            row.ETag == default ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace,
            Write(instance, mark),
            row.ETag)];
        if (row.HasWork != instance.HasWork)
        {
            actions.Add(Change(InstanceKeys.Work(instance.Id), instance.HasWork));
        }

        if (row.Due != instance.NextTimer)
        {
            if (row.Due is { } earlier)
            {
                actions.Add(Change(InstanceKeys.Timer(earlier, instance.Id), exists: false));
            }

            if (instance.NextTimer is { } next)
            {
                actions.Add(Change(InstanceKeys.Timer(next, instance.Id), exists: true));
            }
        }

        actions.AddRange(stale.Take(StaleInCommit));
        Commit commit = new(instance.Id, mark, actions, row.Text.Length);
        await commits.Writer.WriteAsync(commit);
        row.ETag = await commit.Stored.Task;
        (row.HasWork, row.Due) = (instance.HasWork, instance.NextTimer);
        await SubmitAsync(stale.Skip(StaleInCommit));
    }

    public async Task DeleteAsync(Instance instance)
    {
        List<TableTransactionAction> actions =
            [new(
                TableTransactionActionType.Delete,
                new TableEntity(InstanceKeys.Partition, InstanceKeys.Instance(instance.Id)),
                instance.Row.ETag)];
        if (instance.Row.Due is { } due)
        {
            actions.Add(Change(InstanceKeys.Timer(due, instance.Id), exists: false));
        }

        try
        {
            await table.SubmitTransactionAsync(actions);
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 412)
        {
            throw new InstanceConflictException(instance.Id, refusal);
        }

        await SubmitAsync(PagesOf(instance));
    }

    /// <summary>Writes commits until it is closed; those that wait while one is being written go together.</summary>
    /// <param name="lease">Makes sure before a write that the hub is still this host's.</param>
    public Task RunAsync(Func<Task> lease)
    {
        ensureHeld = lease;
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync)));
    }

    public void Close() => commits.Writer.TryComplete();

    /// <summary>The keys of the rows in a range, by which they are known.</summary>
    public async IAsyncEnumerable<string> FindAsync((string From, string To) keys, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(Between(keys), select: ["RowKey"], cancellationToken: cancellation))
        {
            yield return row.RowKey;
        }
    }

    /// <summary>Reads one page of the instances that a query selects.</summary>
    public async Task<OrchestrationQueryResult> ListAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        StringBuilder filter = new(Between(InstanceKeys.Instances(query.InstanceIdPrefix)));
        if (query.CreatedTimeFrom is { } from)
        {
            filter.Append(" and ").Append(TableClient.CreateQueryFilter($"CreatedAt ge {new DateTimeOffset(from)}"));
        }

        if (query.CreatedTimeTo is { } to)
        {
            filter.Append(" and ").Append(TableClient.CreateQueryFilter($"CreatedAt le {new DateTimeOffset(to)}"));
        }

        if (query.RuntimeStatus is { Count: > 0 } statuses)
        {
            filter.Append(" and (")
                .AppendJoin(" or ", statuses.Select(status => TableClient.CreateQueryFilter($"Status eq {status.ToString()}"))).Append(')');
        }

        List<OrchestrationState> found = [];
        AsyncPageable<TableEntity> rows = table.QueryAsync<TableEntity>(
            filter.ToString(), Math.Clamp(query.PageSize, 1, 1000), cancellationToken: cancellation);
        await foreach (Page<TableEntity> page in rows.AsPages(query.ContinuationToken))
        {
            foreach (TableEntity row in page.Values)
            {
                found.Add((await ReadAsync(InstanceKeys.InstanceOf(row.RowKey), row, cancellation)).Describe());
            }

            return new(found, string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return new(found, null);
    }

    private async Task WriteAsync()
    {
        while (await commits.Reader.WaitToReadAsync())
        {
            List<Commit> together = [];
            (int actions, int text) = (0, 0);
            while (commits.Reader.TryPeek(out Commit? next)
                && (together.Count == 0 || (actions + next.Actions.Count <= ActionsInTransaction && text + next.Text <= TextInTransaction))
                && commits.Reader.TryRead(out next))
            {
                together.Add(next);
                (actions, text) = (actions + next.Actions.Count, text + next.Text);
            }

            if (together.Count > 0)
            {
                await WriteAsync(together);
            }
        }
    }

    private async Task WriteAsync(List<Commit> together)
    {
        try
        {
            await ensureHeld();
            await SubmitAsync(together);
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 409 or 412 && together.Count > 1)
        {
            // One of them is refused: each is tried for itself.
            foreach (Commit commit in together)
            {
                await WriteAsync([commit]);
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is the outcome of the commits, whose turns are taken again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            together.ForEach(commit => commit.Stored.TrySetException(failure));
        }
    }

    private async Task SubmitAsync(List<Commit> together)
    {
        try
        {
            if (together is [{ Actions: [var alone] } only])
            {
                // A row alone is changed without the envelope of a transaction, which costs the service more.
                only.Done(alone.ActionType == TableTransactionActionType.Add
                    ? await table.AddEntityAsync((TableEntity)alone.Entity)
                    : await table.UpdateEntityAsync((TableEntity)alone.Entity, alone.ETag, TableUpdateMode.Replace));
                return;
            }

            IReadOnlyList<Response> answers = (await table.SubmitTransactionAsync(together.SelectMany(commit => commit.Actions))).Value;
            int first = 0;
            foreach (Commit commit in together)
            {
                commit.Done(answers[first]);
                first += commit.Actions.Count;
            }
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 409 or 412 && together is [var only])
        {
            await RecogniseAsync(only, refusal);
        }
    }

    /// <summary>A commit whose answer was lost is repeated by the pipeline and then refused, though it is the one that is stored.</summary>
    private async Task RecogniseAsync(Commit commit, RequestFailedException refusal)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.Partition, InstanceKeys.Instance(commit.InstanceId), ["Commit"]);
        if (found.HasValue && found.Value!.GetString("Commit") == commit.Mark)
        {
            commit.Stored.SetResult(found.Value.ETag);
        }
        else
        {
            commit.Stored.SetException(new InstanceConflictException(commit.InstanceId, refusal));
        }
    }

    private static string Between((string From, string To) keys) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {InstanceKeys.Partition} and RowKey ge {keys.From} and RowKey lt {keys.To}");

    private static TableTransactionAction Change(string key, bool exists) => exists
        ? new(TableTransactionActionType.UpsertReplace, new TableEntity(InstanceKeys.Partition, key))
        : new(TableTransactionActionType.Delete, new TableEntity(InstanceKeys.Partition, key), ETag.All);

    private static List<TableTransactionAction> PagesOf(Instance instance) =>
        [.. Enumerable.Range(0, instance.Row.Pages)
            .Select(page => Change(InstanceKeys.Page(instance.Id, instance.Row.Execution, page), exists: false))];

    private async Task SubmitAsync(IEnumerable<TableTransactionAction> actions)
    {
        foreach (TableTransactionAction[] chunk in actions.Chunk(ActionsInTransaction))
        {
            await table.SubmitTransactionAsync(chunk);
        }
    }

    /// <summary>
    /// Stores the pages that are full, before the commit that refers to them; a page once written is not changed any more.
    /// </summary>
    private async Task WriteFullPagesAsync(Instance instance)
    {
        while (instance.Row.Text.Length > PageLength)
        {
            TableEntity page = new(InstanceKeys.Partition, InstanceKeys.Page(instance.Id, instance.Execution, instance.Row.Pages++));
            instance.Row.Text.Remove(0, WriteText(page, instance.Row.Text, PageLength));
            await ensureHeld();
            await table.UpsertEntityAsync(page, TableUpdateMode.Replace);
        }
    }

    /// <summary>What is written of one instance, and who waits for it.</summary>
    private sealed record Commit(string InstanceId, string Mark, IReadOnlyList<TableTransactionAction> Actions, int Text)
    {
        public TaskCompletionSource<ETag> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Done(Response answer) => Stored.SetResult(
            answer.Headers.ETag ?? throw new RequestFailedException("The table service named no ETag for an instance's row."));
    }
}
