using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using SocialCard.Domain.Kernel;
using SocialCard.Embedded.Storage;
using SocialCard.Functions.InvalidCards;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Workflows;

namespace SocialCard.EndToEnd.Ledgers;

/// <summary>What a ledger promises of its table: a change is one transaction, whole or not at all, and it is said why not.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class LedgerTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly Requests requests = new();
    private AggregateRepository<Tally> ledger = null!;

    private TableClient Rows => new(fixture.Azurite.ConnectionString, Tally.Table);

    public async Task InitializeAsync()
    {
        await Rows.CreateIfNotExistsAsync();
        ledger = new(Tables(), TimeProvider.System);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task State_timeline_operation_documents_and_messages_are_stored_in_one_request()
    {
        var before = await BegunAsync();
        requests.Clear();

        var decision = Decision.Changed(before.State with { Count = 2 }, new TallyMoved(1), new TallyMoved(2)) with
        {
            Documents = [ResourceDocument.Of("receipt", "r1", "first"), ResourceDocument.Of("receipt", "r1", "last")],
        };
        var commit = await CommitAsync(
            before, decision, Step("add"), OutboxMessage.Send("notices", "a"), OutboxMessage.Raise("event", "instance"));

        Assert.Equal(["POST $batch"], requests);
        Assert.Equal(CommitResult.Done, commit.Result);
        var key = before.State.Key;
        Assert.Equal(
            [
                $"event-0000000001-{key}", $"event-0000000002-{key}", $"event-0000000003-{key}",
                OperationRow.KeyOf(Step("add")), OperationRow.KeyOf(Step("begin")),
                $"out-0000000003-000-{key}", $"out-0000000003-001-{key}", "receipt-r1", $"tally-{key}",
            ],
            (await RowsOfAsync(key)).Select(row => row.RowKey).Order(StringComparer.Ordinal));
        Assert.Equal("last", await ledger.FindDocumentAsync<string>(key, "receipt", "r1", default));
        Assert.Equal("even", (await Rows.GetEntityAsync<TableEntity>(key, $"tally-{key}")).Value.GetString("Parity"));
        var stored = (await ledger.LoadAsync(key, default))!;
        Assert.Equal((decision.State, 3), (stored.State, stored.Sequence));
        Assert.True(TimelineEntry.IsWhole(await TimelineAsync(key), stored.Head));
    }

    [Fact]
    public async Task A_decision_that_changes_nothing_stores_its_operation_only()
    {
        var before = await BegunAsync();
        var rows = await RowsOfAsync(before.State.Key);

        Assert.Equal(CommitResult.Done, (await CommitAsync(before, Decision.Unchanged(before.State), Step("look"))).Result);

        var added = Assert.Single((await RowsOfAsync(before.State.Key)).ExceptBy(rows.Select(row => row.RowKey), row => row.RowKey));
        Assert.Equal((OperationRow.KeyOf(Step("look")), "the answer"), (added.RowKey, added.GetString("Answer")));
        Assert.Equal(before, await ledger.LoadAsync(before.State.Key, default));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Of_two_changes_of_one_state_the_later_stores_nothing_and_is_told_so(bool firstIsSilent, bool secondIsSilent)
    {
        var before = await BegunAsync();
        await CommitAsync(before, firstIsSilent ? before.State.AddSilently() : before.State.Add(), Step("first"));
        var stored = await ContentsAsync(before.State.Key);

        var decision = secondIsSilent ? before.State.AddSilently() : before.State.Add();
        decision = decision with { Documents = [ResourceDocument.Of("receipt", "r2", "second")] };
        var commit = await CommitAsync(before, decision, Step("second"), OutboxMessage.Send("notices", "second"));

        Assert.Equal((CommitResult.MovedOn, 0), (commit.Result, commit.Outbox.Count));
        Assert.Equal(stored, await ContentsAsync(before.State.Key));
    }

    [Fact]
    public async Task A_repeated_operation_is_told_from_a_state_that_moved_on_though_both_are_so()
    {
        var before = await BegunAsync();
        await CommitAsync(before, before.State.Add(), Step("add"));
        var stored = await ContentsAsync(before.State.Key);

        var again = await CommitAsync(before, before.State.Add(), Step("add"));

        Assert.Equal(CommitResult.KeyUsed, again.Result);
        Assert.Equal(stored, await ContentsAsync(before.State.Key));
    }

    [Fact]
    public async Task A_key_is_taken_once_and_whoever_took_it_is_told_so()
    {
        var decision = Tally.Begin();

        Assert.Equal(CommitResult.Done, (await CommitAsync(null, decision, Step("begin"))).Result);
        Assert.Equal(CommitResult.KeyUsed, (await CommitAsync(null, decision, Step("begin"))).Result);
        Assert.Equal(CommitResult.MovedOn, (await CommitAsync(null, decision, Step("begin anew"))).Result);
        Assert.Single(await TimelineAsync(decision.State!.Key));
    }

    [Fact]
    public async Task Another_failure_than_these_is_nobodys_answer()
    {
        var elsewhere = new AggregateRepository<Tally>(new TableServiceClient(fixture.Azurite.ConnectionString.Replace(
            AzuriteProcess.AccountKey, Convert.ToBase64String(new byte[64]), StringComparison.Ordinal)), TimeProvider.System);
        var decision = Tally.Begin();

        var failure = await Assert.ThrowsAnyAsync<Azure.RequestFailedException>(
            () => elsewhere.CommitAsync(null, decision, [], null, Step("begin"), "", Now, default));

        Assert.Equal(403, failure.Status);
        Assert.Empty(await RowsOfAsync(decision.State!.Key));
    }

    [Fact]
    public async Task Delivered_messages_are_removed_in_one_request_and_those_that_another_removed_before_are_no_fault()
    {
        var before = await BegunAsync();
        var (one, two) = (OutboxMessage.Send("notices", "1"), OutboxMessage.Send("notices", "2"));
        var outbox = (await CommitAsync(before, before.State.Add(), Step("add"), one, two, OutboxMessage.Send("notices", "3"))).Outbox;
        requests.Clear();

        await ledger.ClearOutboxAsync(outbox.Take(2).ToList(), default);
        Assert.Equal(["POST $batch"], requests);
        await ledger.ClearOutboxAsync(outbox, default);

        Assert.Empty(await ledger.ReadOutboxAsync(before.State.Key, default).ToListAsync());
    }

    [Fact]
    public async Task A_desk_decides_with_one_read_and_one_transaction()
    {
        var key = (await BegunAsync()).State.Key;
        requests.Clear();

        Assert.Equal(1, (await DecideAsync(Executor(), key, "add")).Done());

        Assert.Equal([$"GET Tallies(PartitionKey='{key}',RowKey='tally-{key}')", "POST $batch"], requests);
    }

    [Fact]
    public async Task Of_changes_that_meet_from_several_processes_none_is_lost_and_each_has_its_line()
    {
        const int Desks = 4, Each = 10;
        var key = (await BegunAsync()).State.Key;

        // A desk lets one change at a time through to an aggregate; those of different desks meet at the table.
        var counts = await Task.WhenAll(Enumerable.Range(0, Desks).Select(async desk =>
        {
            var (own, told) = (Executor(), new List<int>());
            for (var step = 0; step < Each; step++)
            {
                told.Add((await DecideAsync(own, key, $"{desk}-{step}")).Done());
            }

            return told;
        }));

        Assert.Equal(Enumerable.Range(1, Desks * Each), counts.SelectMany(told => told).Order());
        var stored = (await ledger.LoadAsync(key, default))!;
        Assert.Equal((Desks * Each, 1 + (Desks * Each)), (stored.State.Count, (int)stored.Sequence));
        Assert.True(TimelineEntry.IsWhole(await TimelineAsync(key), stored.Head));
    }

    [Fact]
    public async Task A_repeated_operation_gets_the_first_answer_from_its_row_and_another_request_under_its_key_none()
    {
        var key = (await BegunAsync()).State.Key;
        await DecideAsync(Executor(), key, "add");
        await DecideAsync(Executor(), key, "add more");
        var stored = await ContentsAsync(key);

        var (again, other) = (await DecideAsync(Executor(), key, "add"), await DecideAsync(Executor(), key, "add", requestHash: "another"));

        Assert.Equal(new Outcome<int>.Replayed(1), again);
        Assert.IsType<Outcome<int>.KeyReused>(other);
        Assert.Equal(stored, await ContentsAsync(key));
    }

    private static Operation Step(string name) => Operation.Of("ledger-tests", name);

    private async Task<Stored<Tally>> BegunAsync()
    {
        var decision = Tally.Begin();
        await CommitAsync(null, decision, Step("begin"));
        return (await ledger.LoadAsync(decision.State!.Key, default))!;
    }

    private Task<Commit> CommitAsync(
        Stored<Tally>? before, Decision<Tally> decision, Operation operation, params OutboxMessage[] messages) =>
        ledger.CommitAsync(before, decision, messages, null, operation, "the answer", Now, default);

    private CommandExecutor<Tally> Executor()
    {
        var outbox = new Outbox(
            new WorkflowClient(), new QueueServiceClient(fixture.Azurite.ConnectionString), new(() => [new InvalidCardList(Tables())]));
        return new(new(Tables(), TimeProvider.System), outbox, new OperationKeys(Tables()), [], [], TimeProvider.System);
    }

    private static Task<Outcome<int>> DecideAsync(CommandExecutor<Tally> executor, string key, string step, string requestHash = "") =>
        executor.ExecuteAsync(key, Step(step) with { RequestHash = requestHash }, (tally, _) => tally.Add(), tally => tally.Count, default);

    private async Task<List<TimelineEntry>> TimelineAsync(string key) =>
        await ledger.ReadTimelineAsync(key, 0, 1000, default).ToListAsync();

    private async Task<List<TableEntity>> RowsOfAsync(string key) =>
        await Rows.QueryAsync<TableEntity>(row => row.PartitionKey == key).ToListAsync();

    /// <summary>Every row of a partition with its version: equal as long as nothing was written.</summary>
    private async Task<List<(string Row, string Version)>> ContentsAsync(string key) =>
        [.. (await RowsOfAsync(key)).Select(row => (row.RowKey, row.ETag.ToString()))];

    private TableServiceClient Tables()
    {
        var options = new TableClientOptions();
        options.AddPolicy(requests, HttpPipelinePosition.PerRetry);
        return new TableServiceClient(fixture.Azurite.ConnectionString, options);
    }

    /// <summary>What was asked of the table service: method and path below the account.</summary>
    private sealed class Requests : HttpPipelineSynchronousPolicy, IEnumerable<string>
    {
        private readonly ConcurrentQueue<string> sent = new();

        public void Clear() => sent.Clear();

        public override void OnSendingRequest(HttpMessage message) =>
            sent.Enqueue($"{message.Request.Method} {Uri.UnescapeDataString(message.Request.Uri.ToUri().Segments[^1])}");

        public IEnumerator<string> GetEnumerator() => sent.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
