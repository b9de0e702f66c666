using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.EndToEnd.Tables;

public sealed class TablesOfAnAccountTests(AzuriteFixture fixture) : TableTests(fixture)
{
    [Fact]
    public async Task A_table_is_created_once()
    {
        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => Service.CreateTableAsync(Table.Name));
        Assert.Equal(409, conflict.Status);
        Assert.True(conflict.ErrorCode == TableErrorCode.TableAlreadyExists, conflict.ErrorCode);

        var existing = await Service.CreateTableIfNotExistsAsync(Table.Name);
        Assert.Equal(409, existing.GetRawResponse().Status);
        Assert.Equal(Table.Name, existing.Value.Name);

        var other = Service.GetTableClient(NewTableName());
        Assert.Equal(204, (await other.CreateIfNotExistsAsync()).GetRawResponse().Status);
        Assert.Equal(204, (await Service.DeleteTableAsync(other.Name)).Status);
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_answered_not_thrown()
    {
        Assert.Equal(404, (await Service.DeleteTableAsync(NewTableName())).Status);
        Assert.Equal(404, (await Table.DeleteEntityAsync("p", "missing")).Status);
    }

    [Fact]
    public async Task A_missing_table_is_told_from_a_missing_row()
    {
        var nowhere = Service.GetTableClient(NewTableName());
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => nowhere.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal(404, error.Status);
        Assert.True(error.ErrorCode == TableErrorCode.TableNotFound, error.ErrorCode);

        error = await Assert.ThrowsAsync<RequestFailedException>(() => Table.GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal(404, error.Status);
        Assert.Equal("ResourceNotFound", error.ErrorCode);
    }

    [Fact]
    public async Task Tables_are_listed_by_filter_and_by_page()
    {
        var prefix = NewTableName();
        string[] names = [prefix + "a", prefix + "b", prefix + "c"];
        foreach (var name in names)
            await Service.CreateTableAsync(name);
        var filter = TableServiceClient.CreateQueryFilter($"TableName ge {prefix} and TableName lt {prefix + "z"}");

        var pages = new List<string[]>();
        await foreach (var page in Service.QueryAsync(filter, maxPerPage: 2).AsPages())
            pages.Add([.. page.Values.Select(table => table.Name)]);

        Assert.Equal(names, pages.SelectMany(page => page));
        Assert.All(pages, page => Assert.InRange(page.Length, 0, 2));
        foreach (var name in names)
            await Service.DeleteTableAsync(name);
    }

    [Fact]
    public void A_client_knows_where_it_is()
    {
        Assert.Equal(Azurite.AccountName, Service.AccountName);
        Assert.Equal(Azurite.AccountName, Table.AccountName);
        Assert.Equal($"{Azurite.TableEndpoint.AbsoluteUri.TrimEnd('/')}/{Table.Name}", Table.Uri.AbsoluteUri);
    }
}
