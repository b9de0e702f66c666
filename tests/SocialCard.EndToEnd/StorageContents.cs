using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace SocialCard.EndToEnd;

/// <summary>What a service has in its storage, read past it.</summary>
internal static class StorageContents
{
    private const int MostPeeked = 32;

    /// <summary>The rows of a table.</summary>
    /// <param name="connection">The storage.</param>
    /// <param name="table">The table.</param>
    /// <param name="filter">Which of its rows, as OData says it; null for all.</param>
    public static async Task<List<TableEntity>> RowsAsync(string connection, string table, string? filter = null) =>
        await new TableClient(connection, table).QueryAsync<TableEntity>(filter).ToListAsync();

    /// <summary>
    /// Everything, to be searched for what must not be there: every value of every table, the engine's too, the messages of every queue
    /// as they are and decoded, and every blob; bytes are given as Latin-1.
    /// </summary>
    public static async Task<List<(string Where, string Text)>> ReadAsync(string connection)
    {
        var all = new List<(string Where, string Text)>();
        await foreach (var table in new TableServiceClient(connection).QueryAsync())
        {
            all.AddRange((await RowsAsync(connection, table.Name)).SelectMany(row =>
                row.Select(column => ($"{table.Name}({row.PartitionKey},{row.RowKey}).{column.Key}", TextOf(column.Value)))));
        }

        var queues = new QueueServiceClient(connection);
        await foreach (var queue in queues.GetQueuesAsync())
        {
            var messages = await queues.GetQueueClient(queue.Name).PeekMessagesAsync(MostPeeked);
            all.AddRange(messages.Value.SelectMany(message => new[]
            {
                (queue.Name, message.MessageText), (queue.Name, Decoded(message.MessageText)),
            }));
        }

        var blobs = new BlobServiceClient(connection);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
            {
                var content = await client.GetBlobClient(blob.Name).DownloadContentAsync();
                all.Add(($"{container.Name}/{blob.Name}", TextOf(content.Value.Content)));
            }
        }

        return all;
    }

    private static string TextOf(object? value) => value switch
    {
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        BinaryData data => Encoding.Latin1.GetString(data.ToArray()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // A sender may have left what is no base64.
    private static string Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text;
    }
}
