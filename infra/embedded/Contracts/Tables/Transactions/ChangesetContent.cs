using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>
/// The body of an entity group transaction: a multipart batch of one changeset, of which each part is an HTTP request.
/// The emulator finds the parts by patterns, so the boundaries keep to the customary names, and a body to one line.
/// </summary>
internal static class ChangesetContent
{
    public static (RequestContent Content, string ContentType) Of(string root, string table, IReadOnlyList<TableTransactionAction> actions)
    {
        var batch = $"batch_{Guid.NewGuid():D}";
        var changeset = $"changeset_{Guid.NewGuid():D}";
        var content = PooledContent.OfTransaction(content =>
        {
            content.Append($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changeset}\r\n\r\n");
            foreach (var action in actions)
            {
                content.Append($"--{changeset}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
                Append(content, root, table, action);
                content.Append($"\r\n");
            }

            content.Append($"--{changeset}--\r\n--{batch}--\r\n");
        });
        return (content, $"multipart/mixed; boundary={batch}");
    }

    private static void Append(PooledContent content, string root, string table, TableTransactionAction action)
    {
        var (method, conditional) = action.ActionType switch
        {
            TableTransactionActionType.Add => ("POST", false),
            TableTransactionActionType.UpdateMerge => ("PATCH", true),
            TableTransactionActionType.UpdateReplace => ("PUT", true),
            TableTransactionActionType.Delete => ("DELETE", true),
            TableTransactionActionType.UpsertMerge => ("PATCH", false),
            TableTransactionActionType.UpsertReplace => ("PUT", false),
            _ => throw new ArgumentException($"{action.ActionType} is not an action of a transaction.", nameof(action)),
        };
        var adds = action.ActionType == TableTransactionActionType.Add;
        var resource = adds ? table : TableProtocol.Row(table, action.Entity.PartitionKey, action.Entity.RowKey);
        content.Append($"{method} {root}{resource} HTTP/1.1\r\nAccept: {TableProtocol.MinimalMetadata}\r\nDataServiceVersion: 3.0\r\n");
        if (adds)
            content.Append($"Prefer: {TableProtocol.NoContent}\r\n");
        if (conditional)
            content.Append($"If-Match: {(action.ETag == default ? ETag.All : action.ETag).ToString()}\r\n");
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            content.Append($"\r\n");
            return;
        }

        content.Append($"Content-Type: {TableProtocol.Json}\r\n\r\n");
        content.Append(action.Entity);
    }
}
