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
internal sealed class InstanceStore(TableClient table)
{
    // Table Storage's limits, in UTF-16 and in the worst case of JSON (six bytes a character): 32 Ki characters a property,
    // 512 Ki an entity, 4 MiB and 100 entities a transaction.
    private const int PieceLength = 30_000;
    private const int PageLength = 4 * PieceLength;
    private const int PagesInTransaction = 4;
    private const int ActionsInTransaction = 100;
    private const int TextInTransaction = 5 * PageLength;
    private const int DeletionsInCommit = 80;
    private const int Writers = 2;

    private readonly Channel<Commit> commits = Channel.CreateUnbounded<Commit>();
    private readonly string writer = Guid.NewGuid().ToString("N");
    private long commitCount;

    /// <summary>Reads an instance; null where there is none. One operation, one more if its log has sealed pages.</summary>
    public async Task<Instance?> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.Partition, InstanceKeys.Instance(instanceId), cancellationToken: cancellation);
        return found.HasValue ? await ReadAsync(instanceId, found.Value!, cancellation) : null;
    }

    /// <summary>Stores what was appended to the instance since its last commit.</summary>
    /// <exception cref="InstanceConflictException">The row is not the one that the instance was loaded from.</exception>
    public async Task CommitAsync(Instance instance, CancellationToken cancellation)
    {
        InstanceRow row = instance.Row;
        List<TableEntity> pages = WritePages(instance);
        int ahead = Math.Max(0, pages.Count - PagesInTransaction);
        foreach (TableEntity[] chunk in pages.Take(ahead).Chunk(PagesInTransaction))
            await WriteAheadAsync(instance, chunk, cancellation);

        string mark = string.Create(CultureInfo.InvariantCulture, $"{writer}/{Interlocked.Increment(ref commitCount)}");
        TableEntity entity = Write(instance, mark);
        List<TableTransactionAction> actions =
        [
            new(row.ETag == default ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace, entity, row.ETag),
            .. pages.Skip(ahead).Select(page => new TableTransactionAction(TableTransactionActionType.UpsertReplace, page)),
        ];
        if (row.HasWork != instance.HasWork)
            actions.Add(Change(InstanceKeys.Work(instance.Id), instance.HasWork));
        if (row.Due != instance.NextTimer)
        {
            if (row.Due is { } earlier)
                actions.Add(Change(InstanceKeys.Timer(earlier, instance.Id), exists: false));
            if (instance.NextTimer is { } next)
                actions.Add(Change(InstanceKeys.Timer(next, instance.Id), exists: true));
        }

        actions.AddRange(row.StalePages.Take(DeletionsInCommit).Select(page => Change(page, exists: false)));
        Commit commit = new(instance.Id, mark, actions, row.Tail.Length + ((pages.Count - ahead) * PageLength));
        await commits.Writer.WriteAsync(commit, cancellation);
        row.ETag = await commit.Stored;

        row.Execution = instance.Execution;
        row.HasWork = instance.HasWork;
        row.Due = instance.NextTimer;
        await DeletePagesAsync(row.StalePages.Skip(DeletionsInCommit), cancellation);
        row.StalePages.Clear();
    }

    /// <summary>Writes commits until there are no more; those that wait while one is being written go together.</summary>
    /// <param name="ensureHeld">Makes sure before a write that the hub is still this host's.</param>
    public Task RunAsync(Func<Task> ensureHeld) => Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteCommitsAsync(ensureHeld))));

    /// <summary>Takes no more commits.</summary>
    public void Close() => commits.Writer.TryComplete();

    /// <summary>Deletes all rows of an instance.</summary>
    /// <exception cref="InstanceConflictException">The row is not the one that the instance was loaded from.</exception>
    public async Task DeleteAsync(Instance instance, CancellationToken cancellation)
    {
        InstanceRow row = instance.Row;
        string[] pages =
        [
            .. Enumerable.Range(0, row.Pages).Select(page => InstanceKeys.Page(instance.Id, row.Execution, page)),
            .. row.StalePages,
        ];
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.Delete, new TableEntity(InstanceKeys.Partition, InstanceKeys.Instance(instance.Id)), row.ETag),
            .. pages.Take(DeletionsInCommit).Select(page => Change(page, exists: false)),
        ];
        if (row.HasWork)
            actions.Add(Change(InstanceKeys.Work(instance.Id), exists: false));
        if (row.Due is { } due)
            actions.Add(Change(InstanceKeys.Timer(due, instance.Id), exists: false));
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 412)
        {
            throw new InstanceConflictException(instance.Id, refusal);
        }

        await DeletePagesAsync(pages.Skip(DeletionsInCommit), cancellation);
    }

    /// <summary>The instances that had work under way when their last turn was stored.</summary>
    public async IAsyncEnumerable<string> FindWorkAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (TableEntity row in QueryKeysAsync(InstanceKeys.AllWork(), cancellation))
            yield return InstanceKeys.InstanceOf(row.RowKey);
    }

    /// <summary>The instances whose next timer falls due until an instant.</summary>
    public async IAsyncEnumerable<(string InstanceId, DateTime Due)> FindTimersAsync(
        DateTime until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (TableEntity row in QueryKeysAsync(InstanceKeys.TimersUntil(until), cancellation))
            yield return (InstanceKeys.InstanceOf(row.RowKey), InstanceKeys.DueOf(row.RowKey));
    }

    /// <summary>Reads one page of the instances that a query selects.</summary>
    public async Task<OrchestrationQueryResult> ListAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        StringBuilder filter = new(Between(InstanceKeys.Instances(query.InstanceIdPrefix)));
        if (query.CreatedTimeFrom is { } from)
            filter.Append(" and ").Append(TableClient.CreateQueryFilter($"CreatedAt ge {new DateTimeOffset(from)}"));
        if (query.CreatedTimeTo is { } to)
            filter.Append(" and ").Append(TableClient.CreateQueryFilter($"CreatedAt le {new DateTimeOffset(to)}"));
        if (query.RuntimeStatus is { Count: > 0 } statuses)
            filter.Append(" and (").AppendJoin(" or ", statuses.Select(status => TableClient.CreateQueryFilter($"Status eq {status.ToString()}"))).Append(')');

        List<OrchestrationState> found = [];
        AsyncPageable<TableEntity> rows = table.QueryAsync<TableEntity>(filter.ToString(), Math.Clamp(query.PageSize, 1, 1000), cancellationToken: cancellation);
        await foreach (Page<TableEntity> page in rows.AsPages(query.ContinuationToken))
        {
            foreach (TableEntity row in page.Values)
                found.Add((await ReadAsync(InstanceKeys.InstanceOf(row.RowKey), row, cancellation)).Describe());
            return new(found, string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return new(found, null);
    }

    private async Task WriteCommitsAsync(Func<Task> ensureHeld)
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
                actions += next.Actions.Count;
                text += next.Text;
            }

            if (together.Count > 0)
                await WriteAsync(together, ensureHeld);
        }
    }

    private async Task WriteAsync(List<Commit> together, Func<Task> ensureHeld)
    {
        try
        {
            await ensureHeld();
            if (together is [{ Actions: [var alone] } only])
            {
                // A row alone is changed without the envelope of a transaction, which costs the service more.
                Response answer = alone.ActionType == TableTransactionActionType.Add
                    ? await table.AddEntityAsync((TableEntity)alone.Entity)
                    : await table.UpdateEntityAsync((TableEntity)alone.Entity, alone.ETag, TableUpdateMode.Replace);
                only.Done(answer);
                return;
            }

            Response<IReadOnlyList<Response>> answers = await table.SubmitTransactionAsync(together.SelectMany(commit => commit.Actions));
            int first = 0;
            foreach (Commit commit in together)
            {
                commit.Done(answers.Value[first]);
                first += commit.Actions.Count;
            }
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 409 or 412 && together.Count == 1)
        {
            await RecogniseAsync(together[0], refusal);
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 409 or 412)
        {
            // One of them is refused: each is tried for itself.
            foreach (Commit commit in together)
                await WriteAsync([commit], ensureHeld);
        }
#pragma warning disable CA1031 // Whatever it is, it is the outcome of the commits, whose turns are taken again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            together.ForEach(commit => commit.Fail(failure));
        }
    }

    /// <summary>A commit whose answer was lost is repeated by the pipeline and then refused, though it is the one that is stored.</summary>
    private async Task RecogniseAsync(Commit commit, RequestFailedException refusal)
    {
        try
        {
            NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
                InstanceKeys.Partition, InstanceKeys.Instance(commit.InstanceId), ["Commit"]);
            if (found.HasValue && found.Value!.GetString("Commit") == commit.Mark)
                commit.Done(found.Value.ETag);
            else
                commit.Fail(new InstanceConflictException(commit.InstanceId, refusal));
        }
        catch (RequestFailedException failure)
        {
            commit.Fail(failure);
        }
    }

    private AsyncPageable<TableEntity> QueryKeysAsync((string From, string To) keys, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(Between(keys), select: ["RowKey"], cancellationToken: cancellation);

    private static string Between((string From, string To) keys)
        => TableClient.CreateQueryFilter($"PartitionKey eq {InstanceKeys.Partition} and RowKey ge {keys.From} and RowKey lt {keys.To}");

    private static TableTransactionAction Change(string key, bool exists) => exists
        ? new(TableTransactionActionType.UpsertReplace, new TableEntity(InstanceKeys.Partition, key))
        : new(TableTransactionActionType.Delete, new TableEntity(InstanceKeys.Partition, key), ETag.All);

    private static TableEntity Write(Instance instance, string mark)
    {
        TableEntity entity = new(InstanceKeys.Partition, InstanceKeys.Instance(instance.Id))
        {
            ["Status"] = instance.Status.ToString(),
            ["CreatedAt"] = instance.Start!.Timestamp,
            ["Execution"] = instance.Execution,
            ["Pages"] = instance.Row.Pages,
            ["HasWork"] = instance.HasWork,
            ["Commit"] = mark,
        };
        if (instance.NextTimer is { } due)
            entity["Due"] = due.Ticks;
        WriteText(entity, instance.Row.Tail, instance.Row.Tail.Length);
        return entity;
    }

    /// <summary>Adds the new lines to the text and seals the pages that are full.</summary>
    private static List<TableEntity> WritePages(Instance instance)
    {
        InstanceRow row = instance.Row;
        if (row.Execution != instance.Execution)
        {
            row.StalePages.AddRange(Enumerable.Range(0, row.Pages).Select(page => InstanceKeys.Page(instance.Id, row.Execution, page)));
            row.Execution = instance.Execution;
            row.Pages = 0;
            row.Tail.Clear();
        }

        foreach (string line in instance.Unwritten)
            row.Tail.Append(line).Append('\n');
        instance.Unwritten.Clear();

        List<TableEntity> pages = [];
        while (row.Tail.Length > PageLength)
        {
            TableEntity page = new(InstanceKeys.Partition, InstanceKeys.Page(instance.Id, instance.Execution, row.Pages++));
            row.Tail.Remove(0, WriteText(page, row.Tail, PageLength));
            pages.Add(page);
        }

        return pages;
    }

    /// <summary>Writes text from its beginning into pieces and says how much of it. A pair of surrogates is never parted.</summary>
    private static int WriteText(TableEntity entity, StringBuilder text, int length)
    {
        int start = 0;
        for (int piece = 0; start < length; piece++)
        {
            int size = Math.Min(PieceLength, length - start);
            if (start + size < text.Length && char.IsHighSurrogate(text[start + size - 1]))
                size--;
            if (size == 0)
                break;
            entity[PieceName(piece)] = text.ToString(start, size);
            start += size;
        }

        return start;
    }

    private static string ReadText(TableEntity entity)
    {
        StringBuilder text = new();
        for (int piece = 0; entity.GetString(PieceName(piece)) is { } part; piece++)
            text.Append(part);
        return text.ToString();
    }

    private static string PieceName(int piece) => string.Create(CultureInfo.InvariantCulture, $"Log{piece}");

    private async Task<Instance> ReadAsync(string instanceId, TableEntity entity, CancellationToken cancellation)
    {
        int execution = entity.GetInt32("Execution") ?? throw Damaged(instanceId);
        int pages = entity.GetInt32("Pages") ?? throw Damaged(instanceId);
        string tail = ReadText(entity);
        StringBuilder log = new();
        if (pages > 0)
        {
            int found = 0;
            string sealedPages = Between((InstanceKeys.Page(instanceId, execution, 0), InstanceKeys.Page(instanceId, execution, pages)));
            await foreach (TableEntity page in table.QueryAsync<TableEntity>(sealedPages, cancellationToken: cancellation))
            {
                log.Append(ReadText(page));
                found++;
            }

            if (found != pages)
                throw Damaged(instanceId);
        }

        log.Append(tail);
        Instance instance = new(instanceId, execution)
        {
            Row = new()
            {
                ETag = entity.ETag,
                Execution = execution,
                Pages = pages,
                HasWork = entity.GetBoolean("HasWork") ?? false,
                Due = entity.GetInt64("Due") is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null,
            },
        };
        instance.Row.Tail.Append(tail);
        foreach (string line in log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            instance.Apply(LogEntry.Read(line));
        return instance;
    }

    /// <summary>
    /// Stores pages before the commit that refers to them. The instance's row is touched with them, so that a writer whose lease has
    /// gone over to another cannot overwrite pages.
    /// </summary>
    private async Task WriteAheadAsync(Instance instance, TableEntity[] pages, CancellationToken cancellation)
    {
        List<TableTransactionAction> actions =
            [.. pages.Select(page => new TableTransactionAction(TableTransactionActionType.UpsertReplace, page))];
        if (instance.Row.ETag != default)
        {
            TableEntity touch = new(InstanceKeys.Partition, InstanceKeys.Instance(instance.Id));
            actions.Insert(0, new(TableTransactionActionType.UpdateMerge, touch, instance.Row.ETag));
        }

        Response<IReadOnlyList<Response>> answer = await table.SubmitTransactionAsync(actions, cancellation);
        if (instance.Row.ETag != default)
            instance.Row.ETag = answer.Value[0].Headers.ETag ?? instance.Row.ETag;
    }

    private async Task DeletePagesAsync(IEnumerable<string> keys, CancellationToken cancellation)
    {
        foreach (string[] chunk in keys.Chunk(DeletionsInCommit))
            await table.SubmitTransactionAsync(chunk.Select(key => Change(key, exists: false)), cancellation);
    }

    private static InvalidDataException Damaged(string instanceId) => new($"The rows of instance '{instanceId}' are incomplete.");

    /// <summary>What is written of one instance, and who waits for it.</summary>
    private sealed class Commit(string instanceId, string mark, IReadOnlyList<TableTransactionAction> actions, int text)
    {
        private readonly TaskCompletionSource<ETag> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string InstanceId => instanceId;

        public string Mark => mark;

        public IReadOnlyList<TableTransactionAction> Actions => actions;

        public int Text => text;

        public Task<ETag> Stored => stored.Task;

        public void Done(Response answer)
        {
            if (answer.Headers.ETag is { } etag)
                Done(etag);
            else
                Fail(new RequestFailedException("The table service named no ETag for an instance's row."));
        }

        public void Done(ETag etag) => stored.TrySetResult(etag);

        public void Fail(Exception failure) => stored.TrySetException(failure);
    }
}
