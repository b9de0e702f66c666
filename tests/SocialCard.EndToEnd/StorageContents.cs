using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace SocialCard.EndToEnd;

/// <summary>Everything that a service has left in its storage, to be searched for what must not be there.</summary>
internal static class StorageContents
{
    private const int MostPeeked = 32;

    /// <summary>
    /// Every value of every table, the engine's too, the messages of every queue as they are and decoded, and every blob; bytes
    /// are given as Latin-1.
    /// </summary>
    public static async Task<List<(string Where, string Text)>> ReadAsync(string connection)
    {
        var all = new List<(string Where, string Text)>();
        var tables = new TableServiceClient(connection);
        await foreach (var table in tables.QueryAsync())
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                all.AddRange(row.Select(column => ($"{table.Name}({row.PartitionKey},{row.RowKey}).{column.Key}", TextOf(column.Value))));
            }
        }

        var queues = new QueueServiceClient(connection);
        await foreach (var queue in queues.GetQueuesAsync())
        {
            var messages = await queues.GetQueueClient(queue.Name).PeekMessagesAsync(MostPeeked);
            all.AddRange(messages.Value.SelectMany(message => new[]
            {
                (queue.Name, message.MessageText), (queue.Name, Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText))),
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
}
