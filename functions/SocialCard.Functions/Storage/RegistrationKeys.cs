using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.Functions.Storage;

/// <summary>
/// Remembers which registration an idempotency key belongs to. Every other command names its aggregate in the path, so the
/// aggregate's own partition knows its keys; a registration names it in the body, and the same key with another number would
/// meet an empty partition.
/// </summary>
public sealed class RegistrationKeys(TableServiceClient tables)
{
    /// <summary>The table of the keys.</summary>
    public const string Table = "RegistrationKeys";

    private readonly TableClient keys = tables.GetTableClient(Table);

    /// <summary>Binds a key to its request.</summary>
    /// <returns>False if it is bound to another request.</returns>
    public async Task<bool> BindAsync(Operation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        try
        {
            await keys.AddEntityAsync(
                new TableEntity(operation.By, operation.Key) { [nameof(operation.RequestHash)] = operation.RequestHash }, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            var bound = await keys.GetEntityAsync<TableEntity>(operation.By, operation.Key, cancellationToken: cancellation);
            return bound.Value.GetString(nameof(operation.RequestHash)) == operation.RequestHash;
        }
    }
}
