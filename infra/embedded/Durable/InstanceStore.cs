using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace SocialCard.Embedded.Durable;

/// <summary>Another writer has changed the instance since it was loaded, or has started it first.</summary>
internal sealed class InstanceConflictException(string instanceId, Exception cause)
    : Exception($"Instance '{instanceId}' was changed by another writer.", cause);

/// <summary>
/// Keeps instances in the hub's table. A commit is one entity group transaction in the instance's partition: the instance's row, with
/// the newest page of its log, guarded by its ETag, and beside it the work row and the timer row.
/// </summary>
internal sealed class InstanceStore(TableClient table, DataConverter converter)
{
    // Table Storage's limits, in UTF-16 and in the worst case of JSON (six bytes a character): 32 Ki characters a property,
    // 512 Ki an entity, 4 MiB and 100 entities a transaction.
    private const int PieceLength = 30_000;
    private const int PageLength = 4 * PieceLength;
    private const int PagesInTransaction = 4;
    private const int DeletionsInTransaction = 80;

    private readonly string writer = Guid.NewGuid().ToString("N");
    private long commits;

    /// <summary>Reads an instance; null where there is none. One operation, one more if its log has sealed pages.</summary>
    public async Task<Instance?> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.PartitionOf(instanceId), InstanceKeys.Instance(instanceId), cancellationToken: cancellation);
        return found.HasValue ? await ReadAsync(instanceId, found.Value!, cancellation) : null;
    }

    /// <summary>Stores what was appended to the instance since its last commit.</summary>
    /// <exception cref="InstanceConflictException">The row is not the one that the instance was loaded from.</exception>
    public async Task CommitAsync(Instance instance, CancellationToken cancellation)
    {
        InstanceRow row = instance.Row;
        string partition = InstanceKeys.PartitionOf(instance.Id);
        List<TableEntity> pages = WritePages(instance);
        string commit = string.Create(CultureInfo.InvariantCulture, $"{writer}/{Interlocked.Increment(ref commits)}");
        try
        {
            int ahead = Math.Max(0, pages.Count - PagesInTransaction);
            foreach (TableEntity[] chunk in pages.Take(ahead).Chunk(PagesInTransaction))
                await WriteAheadAsync(instance, chunk, cancellation);

            TableEntity entity = Write(instance, commit);
            List<TableTransactionAction> actions =
            [
                new(row.ETag == default ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace, entity, row.ETag),
                .. pages.Skip(ahead).Select(page => new TableTransactionAction(TableTransactionActionType.UpsertReplace, page)),
            ];
            if (row.HasWork != instance.HasWork)
                actions.Add(Change(partition, InstanceKeys.Work(instance.Id), instance.HasWork));
            if (row.Due != instance.NextTimer)
            {
                if (row.Due is { } earlier)
                    actions.Add(Change(partition, InstanceKeys.Timer(earlier, instance.Id), exists: false));
                if (instance.NextTimer is { } next)
                    actions.Add(Change(partition, InstanceKeys.Timer(next, instance.Id), exists: true));
            }

            actions.AddRange(row.StalePages.Take(DeletionsInTransaction).Select(page => Change(partition, page, exists: false)));
            Response answer = actions switch
            {
                // The instance's row alone is changed without the envelope of a transaction, which costs the service more.
                [_] when row.ETag == default => await table.AddEntityAsync(entity, cancellation),
                [_] => await table.UpdateEntityAsync(entity, row.ETag, TableUpdateMode.Replace, cancellation),
                _ => (await table.SubmitTransactionAsync(actions, cancellation)).Value[0],
            };
            row.ETag = answer.Headers.ETag ?? throw new RequestFailedException("The table service named no ETag for an instance's row.");
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 409 or 412)
        {
            row.ETag = await FindOwnCommitAsync(instance.Id, commit, cancellation) ?? throw new InstanceConflictException(instance.Id, refusal);
        }

        row.Execution = instance.Execution;
        row.HasWork = instance.HasWork;
        row.Due = instance.NextTimer;
        await DeletePagesAsync(partition, row.StalePages.Skip(DeletionsInTransaction), cancellation);
        row.StalePages.Clear();
    }

    /// <summary>Deletes all rows of an instance.</summary>
    /// <exception cref="InstanceConflictException">The row is not the one that the instance was loaded from.</exception>
    public async Task DeleteAsync(Instance instance, CancellationToken cancellation)
    {
        InstanceRow row = instance.Row;
        string partition = InstanceKeys.PartitionOf(instance.Id);
        string[] pages =
        [
            .. Enumerable.Range(0, row.Pages).Select(page => InstanceKeys.Page(instance.Id, row.Execution, page)),
            .. row.StalePages,
        ];
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.Delete, new TableEntity(partition, InstanceKeys.Instance(instance.Id)), row.ETag),
            .. pages.Take(DeletionsInTransaction).Select(page => Change(partition, page, exists: false)),
        ];
        if (row.HasWork)
            actions.Add(Change(partition, InstanceKeys.Work(instance.Id), exists: false));
        if (row.Due is { } due)
            actions.Add(Change(partition, InstanceKeys.Timer(due, instance.Id), exists: false));
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 412)
        {
            throw new InstanceConflictException(instance.Id, refusal);
        }

        await DeletePagesAsync(partition, pages.Skip(DeletionsInTransaction), cancellation);
    }

    /// <summary>The instances that had work under way when their last turn was stored.</summary>
    public async IAsyncEnumerable<string> FindWorkAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (string partition in InstanceKeys.Partitions)
        {
            string range = Between(partition, InstanceKeys.AllWork());
            await foreach (TableEntity row in table.QueryAsync<TableEntity>(range, select: ["RowKey"], cancellationToken: cancellation))
                yield return InstanceKeys.InstanceOf(row.RowKey);
        }
    }

    /// <summary>The instances whose next timer falls due until an instant.</summary>
    public async IAsyncEnumerable<(string InstanceId, DateTimeOffset Due)> FindTimersAsync(
        DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (string partition in InstanceKeys.Partitions)
        {
            string range = Between(partition, InstanceKeys.TimersUntil(until));
            await foreach (TableEntity row in table.QueryAsync<TableEntity>(range, select: ["RowKey"], cancellationToken: cancellation))
                yield return (InstanceKeys.InstanceOf(row.RowKey), InstanceKeys.DueOf(row.RowKey));
        }
    }

    /// <summary>Reads one page of the instances that a query selects.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="position">Where the page before it ended; null for the first.</param>
    /// <param name="pageSize">How many instances a page has at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Microsoft.DurableTask.Page<OrchestrationMetadata>> ListAsync(
        OrchestrationQuery query, string? position, int pageSize, CancellationToken cancellation)
    {
        int partition = 0;
        string? token = null;
        if (position is not null)
        {
            string[] parts = position.Split(':', 2);
            partition = int.Parse(parts[0], CultureInfo.InvariantCulture);
            token = parts[1].Length == 0 ? null : parts[1];
        }

        StringBuilder filter = new(Between(InstanceKeys.Partitions[partition], InstanceKeys.Instances(query.InstanceIdPrefix)));
        if (query.CreatedFrom is { } from)
            filter.Append(" and ").Append(TableClient.CreateQueryFilter($"CreatedAt ge {from}"));
        if (query.CreatedTo is { } to)
            filter.Append(" and ").Append(TableClient.CreateQueryFilter($"CreatedAt le {to}"));
        string[] statuses = [.. query.Statuses?.Select(status => TableClient.CreateQueryFilter($"Status eq {status.ToString()}")) ?? []];
        if (statuses.Length > 0)
            filter.Append(" and (").AppendJoin(" or ", statuses).Append(')');

        List<OrchestrationMetadata> found = [];
        string[]? columns = query.FetchInputsAndOutputs ? null : ["RowKey", "Name", "Status", "CreatedAt", "UpdatedAt", "Tags"];
        int size = Math.Clamp(pageSize, 1, 1000);
        Azure.AsyncPageable<TableEntity> rows = table.QueryAsync<TableEntity>(filter.ToString(), size, columns, cancellation);
        await using IAsyncEnumerator<Azure.Page<TableEntity>> pages = rows.AsPages(token).GetAsyncEnumerator(cancellation);
        string? next = null;
        if (await pages.MoveNextAsync())
        {
            next = pages.Current.ContinuationToken;
            foreach (TableEntity row in pages.Current.Values)
                found.Add(await DescribeAsync(row, query.FetchInputsAndOutputs, cancellation));
        }

        if (string.IsNullOrEmpty(next))
        {
            partition++;
            next = null;
        }

        return new(found, partition < InstanceKeys.Partitions.Count ? string.Create(CultureInfo.InvariantCulture, $"{partition}:{next}") : null);
    }

    private static string Between(string partition, (string From, string To) keys)
        => TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {keys.From} and RowKey lt {keys.To}");

    private static TableTransactionAction Change(string partition, string key, bool exists) => exists
        ? new(TableTransactionActionType.UpsertReplace, new TableEntity(partition, key))
        : new(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All);

    private static TableEntity Write(Instance instance, string commit)
    {
        TableEntity entity = new(InstanceKeys.PartitionOf(instance.Id), InstanceKeys.Instance(instance.Id))
        {
            ["Name"] = instance.Start.Name,
            ["Status"] = instance.Status.ToString(),
            ["CreatedAt"] = instance.Start.CreatedAt,
            ["UpdatedAt"] = instance.UpdatedAt,
            ["Execution"] = instance.Execution,
            ["Pages"] = instance.Row.Pages,
            ["HasWork"] = instance.HasWork,
            ["Commit"] = commit,
        };
        if (instance.NextTimer is { } due)
            entity["Due"] = due.UtcTicks;
        if (instance.Start.Tags is { Count: > 0 } tags)
            entity["Tags"] = HistoryText.WriteTags(tags);
        WriteText(entity, instance.Row.Tail, instance.Row.Tail.Length);
        return entity;
    }

    /// <summary>Adds the new records to the text and seals the pages that are full.</summary>
    private static List<TableEntity> WritePages(Instance instance)
    {
        InstanceRow row = instance.Row;
        if (row.Execution != instance.Execution)
        {
            row.StalePages.AddRange(Enumerable.Range(0, row.Pages).Select(page => InstanceKeys.Page(instance.Id, row.Execution, page)));
            row.Execution = instance.Execution;
            row.Pages = 0;
            row.Written = 0;
            row.Tail.Clear();
        }

        for (; row.Written < instance.History.Count; row.Written++)
            row.Tail.Append(HistoryText.Write(instance.History[row.Written])).Append('\n');

        List<TableEntity> pages = [];
        while (row.Tail.Length > PageLength)
        {
            TableEntity page = new(InstanceKeys.PartitionOf(instance.Id), InstanceKeys.Page(instance.Id, instance.Execution, row.Pages++));
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
            string partition = InstanceKeys.PartitionOf(instanceId);
            (string From, string To) keys = (InstanceKeys.Page(instanceId, execution, 0), InstanceKeys.Page(instanceId, execution, pages));
            int found = 0;
            await foreach (TableEntity page in table.QueryAsync<TableEntity>(Between(partition, keys), cancellationToken: cancellation))
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
                Due = entity.GetInt64("Due") is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            },
        };
        instance.Row.Tail.Append(tail);
        foreach (string line in log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            instance.Append(HistoryText.Read(line));

        instance.Row.Written = instance.History.Count;
        return instance;
    }

    private async Task<OrchestrationMetadata> DescribeAsync(TableEntity row, bool withData, CancellationToken cancellation)
    {
        string instanceId = InstanceKeys.InstanceOf(row.RowKey);
        if (withData)
            return (await ReadAsync(instanceId, row, cancellation)).Describe(withData, converter);

        OrchestrationRuntimeStatus status = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString("Status") ?? throw Damaged(instanceId));
        if (status == OrchestrationRuntimeStatus.Failed && await LoadAsync(instanceId, cancellation) is { } failed)
            return failed.Describe(withData, converter);

        OrchestrationMetadata metadata = new(row.GetString("Name") ?? throw Damaged(instanceId), instanceId)
        {
            RuntimeStatus = status,
            CreatedAt = row.GetDateTimeOffset("CreatedAt") ?? throw Damaged(instanceId),
            LastUpdatedAt = row.GetDateTimeOffset("UpdatedAt") ?? throw Damaged(instanceId),
            Tags = (row.GetString("Tags") is { } tags ? HistoryText.ReadTags(tags) : null)
                ?? ImmutableDictionary<string, string>.Empty,
        };
        return metadata;
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
            TableEntity touch = new(InstanceKeys.PartitionOf(instance.Id), InstanceKeys.Instance(instance.Id));
            actions.Insert(0, new(TableTransactionActionType.UpdateMerge, touch, instance.Row.ETag));
        }

        Response<IReadOnlyList<Response>> answer = await table.SubmitTransactionAsync(actions, cancellation);
        if (instance.Row.ETag != default)
            instance.Row.ETag = answer.Value[0].Headers.ETag ?? instance.Row.ETag;
    }

    /// <summary>A commit whose answer was lost is repeated by the pipeline and then refused, though it is the one that is stored.</summary>
    private async Task<ETag?> FindOwnCommitAsync(string instanceId, string commit, CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.PartitionOf(instanceId), InstanceKeys.Instance(instanceId), ["Commit"], cancellation);
        return found.HasValue && found.Value!.GetString("Commit") == commit ? found.Value.ETag : null;
    }

    private async Task DeletePagesAsync(string partition, IEnumerable<string> keys, CancellationToken cancellation)
    {
        foreach (string[] chunk in keys.Chunk(DeletionsInTransaction))
            await table.SubmitTransactionAsync(chunk.Select(key => Change(partition, key, exists: false)), cancellation);
    }

    private static InvalidDataException Damaged(string instanceId) => new($"The rows of instance '{instanceId}' are incomplete.");
}
