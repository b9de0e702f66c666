using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>The tables of a storage account.</summary>
public class TableServiceClient
{
    private readonly TableAccount _account;

    /// <summary>The tables of the account that a connection string names.</summary>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <inheritdoc cref="TableServiceClient(string)"/>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(ConnectionString.Open(connectionString, options))
    {
    }

    /// <summary>The tables at an endpoint, with a shared access signature.</summary>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <inheritdoc cref="TableServiceClient(System.Uri,AzureSasCredential)"/>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(new TableAccount(endpoint, null, new SasPolicy(credential), options))
    {
    }

    /// <summary>The tables at an endpoint, with a Microsoft Entra identity.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(new TableAccount(endpoint, null, TableAccount.TokenPolicy(endpoint, tokenCredential), options))
    {
    }

    /// <summary>The tables at an endpoint whose query is a shared access signature.</summary>
    public TableServiceClient(Uri endpoint, TableClientOptions? options = null)
        : this(new TableAccount(endpoint, null, null, options))
    {
    }

    /// <summary>The tables at an endpoint, with the account's key.</summary>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <inheritdoc cref="TableServiceClient(System.Uri,TableSharedKeyCredential)"/>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
        : this(new TableAccount(endpoint, credential.AccountName, new SharedKeyPolicy(credential), options))
    {
    }

    /// <summary>For a test's stand-in.</summary>
    protected TableServiceClient() => _account = null!;

    private TableServiceClient(TableAccount account) => _account = account;

    /// <summary>The account.</summary>
    public virtual string AccountName => _account.Name;

    /// <summary>The service's address.</summary>
    public virtual Uri Uri => new(_account.Root);

    /// <summary>A filter from an interpolated string, in which each value becomes its OData literal.</summary>
    /// <exception cref="ArgumentException">A value has a type that no literal has.</exception>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Fill(filter);

    /// <summary>A client of one table, which need not exist.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(_account, tableName);

    /// <summary>Creates a table.</summary>
    /// <exception cref="RequestFailedException">409: it exists, or is still being deleted.</exception>
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateAsync(cancellationToken);

    /// <summary>Creates a table unless it exists.</summary>
    /// <exception cref="RequestFailedException">409: it is still being deleted.</exception>
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes a table; of one that does not exist, the response says so (404).</summary>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <summary>The tables whose <c>TableName</c> satisfies a filter.</summary>
    public virtual AsyncPageable<TableItem> QueryAsync(
        string? filter = null,
        int? maxPerPage = default,
        CancellationToken cancellationToken = default)
    {
        return new TablePageable<TableItem>(FetchAsync, maxPerPage, cancellationToken);

        async Task<Page<TableItem>> FetchAsync(string? token, int? size, CancellationToken cancellation)
        {
            var query = TableProtocol.Query(("$filter", filter), ("$top", size?.ToString(CultureInfo.InvariantCulture)), ("NextTableName", token));
            using var message = _account.CreateMessage(RequestMethod.Get, "Tables" + query);
            var response = await _account.SendAsync(message, "TableServiceClient.Query", cancellation);
            using var answer = JsonDocument.Parse(response.Content.ToMemory());
            var tables = answer.RootElement.GetProperty("value").EnumerateArray()
                .Select(table => new TableItem(table.GetProperty("TableName").GetString()!));
            response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var next);
            return Page<TableItem>.FromValues([.. tables], next, response);
        }
    }
}
