using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.EndToEnd.Tables;

public sealed class TransactionTests(AzuriteFixture fixture) : TableTests(fixture)
{
    [Fact]
    public async Task A_transaction_does_every_kind_of_action()
    {
        foreach (var key in new[] { "merged", "replaced", "deleted", "upserted" })
            await Table.AddEntityAsync(Row(key, ("Kept", 1)));
        TableEntity versioned = await Table.GetEntityAsync<TableEntity>("p", "replaced");

        var answer = await Table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row("added", ("N", 1))),
            new(TableTransactionActionType.UpdateMerge, Row("merged", ("N", 2))),
            new(TableTransactionActionType.UpdateReplace, Row("replaced", ("N", 3)), versioned.ETag),
            new(TableTransactionActionType.Delete, Row("deleted")),
            new(TableTransactionActionType.UpsertMerge, Row("upserted", ("N", 4))),
            new(TableTransactionActionType.UpsertReplace, Row("new", ("Text", "社会保障卡\r\n--batch_x \u2028 {}"))),
        ]);

        Assert.Equal(202, answer.GetRawResponse().Status);
        Assert.Equal(6, answer.Value.Count);
        Assert.All(answer.Value, response => Assert.InRange(response.Status, 200, 204));
        var rows = await Table.QueryAsync<TableEntity>().ToDictionaryAsync(row => row.RowKey);
        Assert.Equal(["added", "merged", "new", "replaced", "upserted"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1, 2), (rows["merged"].GetInt32("Kept"), rows["merged"].GetInt32("N")));
        Assert.Equal(((int?)null, 3), (rows["replaced"].GetInt32("Kept"), rows["replaced"].GetInt32("N")));
        Assert.Equal((1, 4), (rows["upserted"].GetInt32("Kept"), rows["upserted"].GetInt32("N")));
        Assert.Equal("社会保障卡\r\n--batch_x \u2028 {}", rows["new"].GetString("Text"));
        Assert.Equal(rows["added"].ETag, answer.Value[0].Headers.ETag);
        Assert.Equal(rows["merged"].ETag, answer.Value[1].Headers.ETag);
        Assert.Equal(rows["replaced"].ETag, answer.Value[2].Headers.ETag);
        Assert.Equal(rows["new"].ETag, answer.Value[5].Headers.ETag);
    }

    [Fact]
    public async Task A_transaction_has_100_actions_of_all_sizes_and_not_one_more()
    {
        var actions = Enumerable.Range(0, 100).Select(n => new TableTransactionAction(
            TableTransactionActionType.Add,
            Row(n.ToString("D3", CultureInfo.InvariantCulture), ("Text", new string('卡', n * 100))))).ToList();
        Assert.Equal(100, (await Table.SubmitTransactionAsync(actions)).Value.Count);
        Assert.Equal(9900, (await Table.GetEntityAsync<TableEntity>("p", "099")).Value.GetString("Text")!.Length);

        var tooMany = Enumerable.Range(0, 101).Select(n => new TableTransactionAction(TableTransactionActionType.UpsertMerge, Row($"x{n}")));
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(tooMany));
        Assert.Equal((400, "InvalidInput"), (error.Status, error.ErrorCode));
        Assert.Equal(100, await Table.QueryAsync<TableEntity>().CountAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(99)]
    public async Task A_refused_action_is_named_and_none_takes_effect(int refused)
    {
        var existing = refused.ToString("D3", CultureInfo.InvariantCulture);
        await Table.AddEntityAsync(Row(existing));

        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(n => new TableTransactionAction(
                TableTransactionActionType.Add,
                Row(n.ToString("D3", CultureInfo.InvariantCulture))))));

        Assert.Equal(refused, error.FailedTransactionActionIndex);
        Assert.Equal(409, error.Status);
        Assert.True(error.ErrorCode == TableErrorCode.EntityAlreadyExists, error.ErrorCode);
        Assert.Equal([existing], await Table.QueryAsync<TableEntity>().Select(row => row.RowKey).ToListAsync());
    }

    [Fact]
    public async Task An_action_on_another_version_fails_the_transaction()
    {
        await Table.AddEntityAsync(Row("r", ("N", 1)));
        TableEntity stale = await Table.GetEntityAsync<TableEntity>("p", "r");
        await Table.UpsertEntityAsync(Row("r", ("N", 2)));

        foreach (var type in new[] { TableTransactionActionType.UpdateMerge, TableTransactionActionType.UpdateReplace, TableTransactionActionType.Delete })
        {
            var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpsertMerge, Row("other")),
                new(type, Row("r", ("N", 3)), stale.ETag),
            ]));
            Assert.Equal((412, 1), (error.Status, error.FailedTransactionActionIndex));
            Assert.True(error.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied, error.ErrorCode);
        }

        Assert.Equal(2, (await Table.QueryAsync<TableEntity>().SingleAsync()).GetInt32("N"));
    }

    [Fact]
    public async Task An_update_of_a_missing_row_fails_the_transaction()
    {
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => Table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateMerge, Row("missing"), ETag.All)]));
        Assert.Equal((404, 0), (error.Status, error.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task The_same_row_twice_fails_the_transaction()
    {
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpsertMerge, Row("r")),
            new(TableTransactionActionType.UpsertMerge, Row("r")),
        ]));
        Assert.Equal((400, "InvalidDuplicateRow"), (error.Status, error.ErrorCode));
    }

    [Fact]
    public async Task A_transaction_without_actions_is_not_sent()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.SubmitTransactionAsync([]));
    }

    private static TableEntity Row(string key, params ReadOnlySpan<(string Name, object Value)> properties)
    {
        var row = new TableEntity("p", key);
        foreach (var (name, value) in properties)
            row[name] = value;
        return row;
    }
}
