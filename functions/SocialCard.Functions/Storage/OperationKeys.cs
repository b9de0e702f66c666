using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.Functions.Storage;

/// <summary>
/// Remembers which request an idempotency key belongs to, for what creates something or is no aggregate. A change of an aggregate
/// names it in its address, so the aggregate's own partition knows the keys; a creation names it in the body, and the same key with
/// another body would meet an empty partition.
/// </summary>
public sealed class OperationKeys(TableServiceClient tables)
{
    /// <summary>The table of the keys.</summary>
    public const string Table = "RegistrationKeys";

    private const string DoneColumn = "Done";

    private readonly TableClient keys = tables.GetTableClient(Table);

    /// <summary>Binds a key to its request.</summary>
    public async Task<Binding> BindAsync(Operation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.Caller is null)
        {
            // A step of a workflow is asked in one way only.
            return Binding.First;
        }

        try
        {
            await keys.AddEntityAsync(RowOf(operation), cancellation);
            return Binding.First;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            var bound = (await keys.GetEntityAsync<TableEntity>(operation.By, operation.Key, cancellationToken: cancellation)).Value;
            return bound.GetString(nameof(operation.RequestHash)) != operation.RequestHash ? Binding.Other
                : bound.GetBoolean(DoneColumn) is true ? Binding.Done
                : Binding.Same;
        }
    }

    /// <summary>Notes that a request was carried out which no aggregate keeps; until then a repetition carries it out again.</summary>
    public Task CompleteAsync(Operation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var row = RowOf(operation);
        row[DoneColumn] = true;
        return keys.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private static TableEntity RowOf(Operation operation) =>
        new(operation.By, operation.Key) { [nameof(operation.RequestHash)] = operation.RequestHash };
}

/// <summary>What a key is bound to.</summary>
public enum Binding
{
    /// <summary>To the request, which came for the first time.</summary>
    First,

    /// <summary>To the same request, which came before.</summary>
    Same,

    /// <summary>To the same request, which was carried out.</summary>
    Done,

    /// <summary>To another request.</summary>
    Other,
}
