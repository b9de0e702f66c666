using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>One table of a storage account, and its rows.</summary>
public class TableClient
{
    private static readonly ResponseClassifier s_missingIsFine = new StatusCodeClassifier([200, 204, 404]);

    private static readonly ResponseClassifier s_existingIsFine = new StatusCodeClassifier([201, 204, 409]);

    private readonly TableAccount _account;

    /// <summary>A table of the account that a connection string names.</summary>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <inheritdoc cref="TableClient(string,string)"/>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(ConnectionString.Open(connectionString, options), tableName)
    {
    }

    /// <summary>The table at an address, with a shared access signature.</summary>
    public TableClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TableAccount.Split(endpoint), new SasPolicy(credential), options)
    {
    }

    /// <summary>The table at an address whose query is a shared access signature.</summary>
    public TableClient(Uri endpoint, TableClientOptions? options = null)
        : this(TableAccount.Split(endpoint), null, options)
    {
    }

    /// <summary>A table at an endpoint, with a Microsoft Entra identity.</summary>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this((endpoint, tableName), TableAccount.TokenPolicy(endpoint, tokenCredential), options)
    {
    }

    /// <summary>A table at an endpoint, with the account's key.</summary>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    /// <inheritdoc cref="TableClient(System.Uri,string,TableSharedKeyCredential)"/>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(new TableAccount(endpoint, credential.AccountName, new SharedKeyPolicy(credential), options), tableName)
    {
    }

    /// <summary>For a test's stand-in.</summary>
    protected TableClient()
    {
        _account = null!;
        Name = null!;
    }

    internal TableClient(TableAccount account, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _account = account;
        Name = tableName;
    }

    private TableClient((Uri Service, string Table) address, HttpPipelinePolicy? authentication, TableClientOptions? options)
        : this(new TableAccount(address.Service, null, authentication, options), address.Table)
    {
    }

    /// <summary>The account.</summary>
    public virtual string AccountName => _account.Name;

    /// <summary>The table.</summary>
    public virtual string Name { get; }

    /// <summary>The table's address.</summary>
    public virtual Uri Uri => new(_account.Root + Name);

    /// <summary>A filter from an interpolated string, in which each value becomes its OData literal.</summary>
    /// <exception cref="ArgumentException">A value has a type that no literal has.</exception>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Fill(filter);

    /// <summary>A filter from a predicate over the entity's properties.</summary>
    /// <exception cref="NotSupportedException">The service cannot evaluate a part of the predicate.</exception>
    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => FilterExpression.Translate(filter);

    /// <summary>Creates the table.</summary>
    /// <exception cref="RequestFailedException">409: it exists, or is still being deleted.</exception>
    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        CreateAsync(null, "TableClient.Create", cancellationToken);

    /// <summary>Creates the table unless it exists; whether it did, the response tells (409).</summary>
    /// <exception cref="RequestFailedException">409: it is still being deleted.</exception>
    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        CreateAsync(s_existingIsFine, "TableClient.CreateIfNotExists", cancellationToken);

    /// <summary>Deletes the table; if it does not exist, the response says so (404).</summary>
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = _account.CreateMessage(RequestMethod.Delete, $"Tables('{Name}')", classifier: s_missingIsFine);
        return await _account.SendAsync(message, "TableClient.Delete", cancellationToken);
    }

    /// <summary>Inserts a row.</summary>
    /// <exception cref="RequestFailedException">409: a row with these keys exists. 404: the table does not.</exception>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        TableProtocol.RequireKeys(entity);
        using var message = _account.CreateMessage(RequestMethod.Post, Name, PooledContent.OfEntity(entity));
        message.Request.Headers.Add("Prefer", TableProtocol.NoContent);
        return await _account.SendAsync(message, "TableClient.AddEntity", cancellationToken);
    }

    /// <summary>Reads the row with these keys.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="rowKey">The row.</param>
    /// <param name="select">The properties to read; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RequestFailedException">404: there is no such row or table.</exception>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var model = EntityModel.Of(typeof(T));
        using var message = GetMessage(partitionKey, rowKey, select, null);
        var response = await _account.SendAsync(message, "TableClient.GetEntity", cancellationToken);
        return Response.FromValue((T)TableProtocol.ReadEntity(response, model), response);
    }

    /// <summary>Reads the row with these keys, if there is one.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="rowKey">The row.</param>
    /// <param name="select">The properties to read; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var model = EntityModel.Of(typeof(T));
        using var message = GetMessage(partitionKey, rowKey, select, s_missingIsFine);
        var response = await _account.SendAsync(message, "TableClient.GetEntityIfExists", cancellationToken);
        return response.Status == 404
            ? new NoEntity<T>(response)
            : Response.FromValue((T)TableProtocol.ReadEntity(response, model), response);
    }

    /// <summary>Inserts a row, or updates the row that has its keys.</summary>
    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        PutAsync(entity, null, mode, "TableClient.UpsertEntity", cancellationToken);

    /// <summary>Updates a row that exists and has the expected version.</summary>
    /// <param name="entity">The row, by its keys, and its new properties.</param>
    /// <param name="ifMatch">The version that the row must have, or <see cref="ETag.All"/>.</param>
    /// <param name="mode">What becomes of the properties that the entity does not have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">No version is given.</exception>
    /// <exception cref="RequestFailedException">412: the row has another version. 404: there is no such row.</exception>
    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        ifMatch == default
            ? throw new ArgumentException("An update needs the version that the row must have, or ETag.All.", nameof(ifMatch))
            : PutAsync(entity, ifMatch, mode, "TableClient.UpdateEntity", cancellationToken);

    /// <summary>Deletes a row; if it does not exist, the response says so (404).</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="rowKey">The row.</param>
    /// <param name="ifMatch">The version that the row must have; the default accepts any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RequestFailedException">412: the row has another version.</exception>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        var row = TableProtocol.Row(Name, partitionKey, rowKey);
        using var message = _account.CreateMessage(RequestMethod.Delete, row, classifier: s_missingIsFine);
        message.Request.Headers.Add("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString());
        return await _account.SendAsync(message, "TableClient.DeleteEntity", cancellationToken);
    }

    /// <inheritdoc cref="DeleteEntityAsync(string,string,ETag,CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <summary>The rows that satisfy a filter, in the order of their keys.</summary>
    /// <param name="filter">An OData filter, see <see cref="CreateQueryFilter(FormattableString)"/>; null for all rows.</param>
    /// <param name="maxPerPage">The most rows of one request, up to 1,000.</param>
    /// <param name="select">The properties to read; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null,
        int? maxPerPage = default,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var model = EntityModel.Of(typeof(T));
        var columns = TableProtocol.Select(select);
        return new TablePageable<T>(FetchAsync, maxPerPage, cancellationToken);

        async Task<Page<T>> FetchAsync(string? token, int? size, CancellationToken cancellation)
        {
            var (partition, row) = Continuation.Parse(token);
            var query = TableProtocol.Query(
                ("$filter", filter),
                ("$select", columns),
                ("$top", size?.ToString(CultureInfo.InvariantCulture)),
                ("NextPartitionKey", partition),
                ("NextRowKey", row));
            using var message = _account.CreateMessage(RequestMethod.Get, $"{Name}(){query}");
            var response = await _account.SendAsync(message, "TableClient.Query", cancellation);
            return Page<T>.FromValues(TableProtocol.ReadEntities<T>(response, model), Continuation.Of(response), response);
        }
    }

    /// <summary>The rows that satisfy a predicate, see <see cref="CreateQueryFilter{T}(Expression{Func{T, bool}})"/>.</summary>
    /// <exception cref="NotSupportedException">The service cannot evaluate a part of the predicate.</exception>
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = default,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    /// <summary>Carries out up to 100 changes of one partition, all or none of them.</summary>
    /// <returns>The responses in the order of the actions, each with the row's new ETag in its headers.</returns>
    /// <exception cref="InvalidOperationException">There is no action.</exception>
    /// <exception cref="TableTransactionFailedException">An action was refused; it says which.</exception>
    /// <exception cref="RequestFailedException">The transaction as a whole was refused.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var actions = transactionActions as IReadOnlyList<TableTransactionAction> ?? [.. transactionActions];
        if (actions.Count == 0)
            throw new InvalidOperationException("A transaction needs at least one action.");
        foreach (var action in actions)
            TableProtocol.RequireKeys(action.Entity);
        var (content, contentType) = ChangesetContent.Of(_account.Root, Name, actions);
        using var message = _account.CreateMessage(RequestMethod.Post, "$batch", content);
        message.Request.Headers.SetValue("Content-Type", contentType);
        return await _account.SendAsync(message, "TableClient.SubmitTransaction", response => Answer(response, actions.Count), cancellationToken);
    }

    private static Response<IReadOnlyList<Response>> Answer(Response response, int actions)
    {
        var answers = ChangesetAnswer.Read(response);
        if (answers.FirstOrDefault(answer => answer.IsError) is { } refusal)
            throw new TableTransactionFailedException(new RequestFailedException(refusal, null, ServiceErrors.Parser));
        return answers.Count == actions
            ? Response.FromValue<IReadOnlyList<Response>>(answers, response)
            : throw new RequestFailedException(response.Status, $"The service answered {answers.Count} of {actions} actions of a transaction.");
    }

    private async Task<Response<TableItem>> CreateAsync(ResponseClassifier? classifier, string operation, CancellationToken cancellationToken)
    {
        var body = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["TableName"] = Name }));
        using var message = _account.CreateMessage(RequestMethod.Post, "Tables", body, classifier);
        message.Request.Headers.Add("Prefer", TableProtocol.NoContent);
        var response = await _account.SendAsync(message, operation, cancellationToken);
        if (response.Status == 409 && new RequestFailedException(response) is var conflict && conflict.ErrorCode != TableErrorCode.TableAlreadyExists)
            throw conflict;
        return Response.FromValue(new TableItem(Name), response);
    }

    private HttpMessage GetMessage(string partitionKey, string rowKey, IEnumerable<string>? select, ResponseClassifier? classifier)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        var query = TableProtocol.Query(("$select", TableProtocol.Select(select)));
        return _account.CreateMessage(RequestMethod.Get, TableProtocol.Row(Name, partitionKey, rowKey) + query, classifier: classifier);
    }

    private async Task<Response> PutAsync(
        ITableEntity entity,
        ETag? ifMatch,
        TableUpdateMode mode,
        string operation,
        CancellationToken cancellationToken)
    {
        TableProtocol.RequireKeys(entity);
        var method = mode switch
        {
            TableUpdateMode.Merge => RequestMethod.Patch,
            TableUpdateMode.Replace => RequestMethod.Put,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such way of updating a row."),
        };
        var row = TableProtocol.Row(Name, entity.PartitionKey, entity.RowKey);
        using var message = _account.CreateMessage(method, row, PooledContent.OfEntity(entity));
        if (ifMatch is { } version)
            message.Request.Headers.Add("If-Match", version.ToString());
        return await _account.SendAsync(message, operation, cancellationToken);
    }

    private sealed class NoEntity<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("There is no row with these keys.");

        public override Response GetRawResponse() => response;
    }
}
