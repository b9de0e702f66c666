using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SocialCard.Embedded.Durable.Embedded;

namespace SocialCard.EndToEnd.Migration;

/// <summary>Fills an empty storage with what version 1.0 left behind: tables, messages that wait, files.</summary>
internal static class StoredRows
{
    private const string TypeOf = "@odata.type";
    private const int MostInTransaction = 100;

    /// <summary>Puts everything back, as if 1.0 had been stopped this moment: the service goes on at the time at which that was.</summary>
    /// <param name="connection">The storage.</param>
    /// <param name="now">The service's time.</param>
    public static Task RestoreAsync(string connection, DateTimeOffset now) => Task.WhenAll(
        RestoreTablesAsync(new TableServiceClient(connection), now),
        RestoreQueuesAsync(new QueueServiceClient(connection)),
        RestoreBlobsAsync(new BlobServiceClient(connection)));

    /// <summary>Copies the keys that open it; a ring that has grown old grows a new key there.</summary>
    public static void CopyKeys(DirectoryInfo keys)
    {
        foreach (var key in Directory.GetFiles(Path.Combine(City.Folder, "keys")))
        {
            File.Copy(key, Path.Combine(keys.FullName, Path.GetFileName(key)));
        }
    }

    private static async Task RestoreTablesAsync(TableServiceClient tables, DateTimeOffset now)
    {
        foreach (var (name, lines) in Files("tables"))
        {
            var table = tables.GetTableClient(name);
            await table.CreateIfNotExistsAsync();
            foreach (var rows in lines.Select(Row).GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(MostInTransaction)))
            {
                await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
            }
        }

        var hub = tables.GetTableClient(TableOrchestrationService.TableName("SocialCard"));
        await hub.AddEntityAsync(new TableEntity(InstanceKeys.Partition, HubTimers.OffsetRow)
        {
            [HubTimers.OffsetColumn] = (now - DateTimeOffset.UtcNow).Ticks,
        });
    }

    private static async Task RestoreQueuesAsync(QueueServiceClient queues)
    {
        foreach (var (name, messages) in Files("queues"))
        {
            var queue = queues.GetQueueClient(name);
            await queue.CreateIfNotExistsAsync();
            foreach (var message in messages)
            {
                await queue.SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(message)));
            }
        }
    }

    private static async Task RestoreBlobsAsync(BlobServiceClient blobs)
    {
        foreach (var folder in new DirectoryInfo(Path.Combine(City.Folder, "blobs")).GetDirectories())
        {
            var container = blobs.GetBlobContainerClient(folder.Name);
            await container.CreateIfNotExistsAsync();
            foreach (var file in folder.GetFiles("*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
                await container.GetBlobClient(name).UploadAsync(file.FullName);
            }
        }
    }

    private static IEnumerable<(string Name, string[] Lines)> Files(string folder) =>
        Directory.GetFiles(Path.Combine(City.Folder, folder), "*.jsonl")
            .Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllLines(file)));

    /// <summary>A row in the form in which the table service writes it: what JSON cannot tell apart has its type beside it.</summary>
    private static TableEntity Row(string line)
    {
        var (row, values) = (new TableEntity(), JsonNode.Parse(line)!.AsObject());
        foreach (var (name, value) in values.Where(column => !column.Key.EndsWith(TypeOf, StringComparison.Ordinal)))
        {
            row[name] = (string?)values[name + TypeOf] switch
            {
                "Edm.Int64" => long.Parse((string)value!, CultureInfo.InvariantCulture),
                "Edm.DateTime" => DateTimeOffset.Parse((string)value!, CultureInfo.InvariantCulture),
                null => value!.GetValueKind() switch
                {
                    JsonValueKind.String => (string)value!,
                    JsonValueKind.Number => (int)value,
                    JsonValueKind.True or JsonValueKind.False => (bool)value,
                    var kind => throw new InvalidDataException($"{name} is {kind}."),
                },
                var type => throw new InvalidDataException($"{name} is of type {type}."),
            };
        }

        return row;
    }
}
