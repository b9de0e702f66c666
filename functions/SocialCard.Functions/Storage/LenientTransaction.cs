using Azure;
using Azure.Data.Tables;

namespace SocialCard.Functions.Storage;

/// <summary>Transactions on lists, where what is gone already is none to delete.</summary>
internal static class LenientTransaction
{
    /// <summary>Carries out actions of one partition, at most a hundred: at once, unless one of those to be deleted is gone.</summary>
    public static async Task SubmitLenientlyAsync(
        this TableClient rows, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await rows.SubmitTransactionAsync(actions, cancellation);
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            // Delivered before, in part or in another order: each row by itself.
            foreach (var action in actions)
            {
                await (action.ActionType is TableTransactionActionType.Delete
                    ? rows.DeleteEntityAsync(action.Entity.PartitionKey, action.Entity.RowKey, ETag.All, cancellation)
                    : rows.UpsertEntityAsync(action.Entity, TableUpdateMode.Replace, cancellation));
            }
        }
    }
}
