using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.EndToEnd.Tables;

public sealed class RowTests(AzuriteFixture fixture) : TableTests(fixture)
{
    [Fact]
    public async Task A_row_is_inserted_once_and_its_ETag_comes_back()
    {
        var added = await Table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "first" });
        Assert.Equal(204, added.Status);
        var read = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.NotNull(added.Headers.ETag);
        Assert.Equal(added.Headers.ETag, read.Value.ETag);
        Assert.NotNull(read.Value.Timestamp);

        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => Table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal(409, conflict.Status);
        Assert.True(conflict.ErrorCode == TableErrorCode.EntityAlreadyExists, conflict.ErrorCode);
    }

    [Fact]
    public async Task A_row_that_may_be_missing_is_asked_for_without_an_exception()
    {
        var missing = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.False(missing.HasValue);
        Assert.Equal(404, missing.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => missing.Value);

        await Table.AddEntityAsync(new TableEntity("p", "r"));
        var present = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.True(present.HasValue);
        Assert.Equal("r", present.Value!.RowKey);
    }

    [Fact]
    public async Task Merge_keeps_what_the_entity_does_not_name_and_replace_removes_it()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Kept"] = 1, ["Changed"] = 1 });

        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["Changed"] = 2 }, ETag.All);
        TableEntity merged = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal((1, 2), (merged.GetInt32("Kept"), merged.GetInt32("Changed")));

        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["Changed"] = 3 }, merged.ETag, TableUpdateMode.Replace);
        TableEntity replaced = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(((int?)null, 3), (replaced.GetInt32("Kept"), replaced.GetInt32("Changed")));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_of_another_version_is_refused(TableUpdateMode mode)
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 });
        TableEntity stale = await Table.GetEntityAsync<TableEntity>("p", "r");
        var changed = await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, stale.ETag, mode);

        var conflict = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 3 }, stale.ETag, mode));
        Assert.Equal(412, conflict.Status);
        Assert.True(conflict.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied, conflict.ErrorCode);
        TableEntity current = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(2, current.GetInt32("N"));
        Assert.Equal(changed.Headers.ETag, current.ETag);
    }

    [Fact]
    public async Task An_update_needs_the_row_to_exist_and_a_version()
    {
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => Table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));
        Assert.Equal(404, missing.Status);
        await Assert.ThrowsAsync<ArgumentException>(() => Table.UpdateEntityAsync(new TableEntity("p", "r"), default));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, 1)]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task An_upsert_inserts_and_updates(TableUpdateMode mode, int? kept)
    {
        Assert.Equal(204, (await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["Kept"] = 1, ["N"] = 1 }, mode)).Status);
        Assert.Equal(204, (await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, mode)).Status);
        TableEntity row = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal((kept, 2), (row.GetInt32("Kept"), row.GetInt32("N")));
    }

    [Fact]
    public async Task A_delete_of_another_version_is_refused()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));
        TableEntity stale = await Table.GetEntityAsync<TableEntity>("p", "r");
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 1 });

        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => Table.DeleteEntityAsync("p", "r", stale.ETag));
        Assert.Equal(412, conflict.Status);
        TableEntity current = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(204, (await Table.DeleteEntityAsync(current, current.ETag)).Status);
        Assert.False((await Table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Only_the_selected_properties_are_read()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });
        TableEntity row = await Table.GetEntityAsync<TableEntity>("p", "r", ["B"]);
        Assert.Equal(((int?)null, 2), (row.GetInt32("A"), row.GetInt32("B")));
        var queried = await Table.QueryAsync<TableEntity>(select: ["A", "RowKey"]).SingleAsync();
        Assert.Equal((1, null, "r"), (queried.GetInt32("A"), queried.GetInt32("B"), queried.RowKey));
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("''quoted''")]
    [InlineData("100%")]
    [InlineData("%27 %2F")]
    [InlineData("a b+c&d=e;f,g")]
    [InlineData("社会保障卡")]
    [InlineData("\U0001F4B3")]
    [InlineData("(PartitionKey='x')")]
    [InlineData("{\"json\":1}")]
    [InlineData("..")]
    public async Task Keys_of_any_characters_find_their_row(string key)
    {
        await Table.AddEntityAsync(new TableEntity(key, key) { ["N"] = 1 });
        await Table.UpdateEntityAsync(new TableEntity(key, key) { ["M"] = 2 }, ETag.All);
        TableEntity row = await Table.GetEntityAsync<TableEntity>(key, key);
        Assert.Equal((key, key, 1, 2), (row.PartitionKey, row.RowKey, row.GetInt32("N"), row.GetInt32("M")));

        var found = await Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}")).SingleAsync();
        Assert.Equal(key, found.RowKey);

        await Table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateMerge, new TableEntity(key, key) { ["N"] = 3 }, row.ETag)]);
        Assert.Equal(3, (await Table.GetEntityAsync<TableEntity>(key, key)).Value.GetInt32("N"));
        Assert.Equal(204, (await Table.DeleteEntityAsync(key, key)).Status);
        Assert.False((await Table.GetEntityIfExistsAsync<TableEntity>(key, key)).HasValue);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    public async Task Keys_that_the_service_does_not_allow_are_refused_by_it(string key)
    {
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => Table.AddEntityAsync(new TableEntity("p", key)));
        Assert.Equal(400, error.Status);
        Assert.Contains(error.ErrorCode, new[] { "OutOfRangeInput", "InvalidInput" });
    }

    [Fact]
    public async Task A_key_may_be_empty_but_not_missing()
    {
        await Table.AddEntityAsync(new TableEntity("", "") { ["N"] = 1 });
        Assert.Equal(1, (await Table.GetEntityAsync<TableEntity>("", "")).Value.GetInt32("N"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Table.AddEntityAsync(new TableEntity { RowKey = "r" }));
    }
}
