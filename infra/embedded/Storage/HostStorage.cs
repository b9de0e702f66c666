using System.Net.Sockets;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using SocialCard.Functions.Observability;

namespace SocialCard.Embedded.Storage;

/// <summary>The storage that the host runs on, and the Azurite behind it if the host has started one.</summary>
internal sealed class HostStorage : IAsyncDisposable
{
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly string connection;

    private HostStorage(string connection, string description, AzuriteProcess? azurite)
    {
        (this.connection, Description, Azurite) = (connection, description, azurite);
        try
        {
            Tables = new TableServiceClient(connection, Counted(new TableClientOptions(), TableOperations, "table"));
            RawQueues = CreateQueues(QueueMessageEncoding.None);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            // The clients' messages may quote the connection string, and with it the key.
            throw new HostStartException("The storage connection string is malformed.", fault);
        }
    }

    /// <summary>For the ready line; never a key.</summary>
    public string Description { get; }

    public AzuriteProcess? Azurite { get; }
    public TableServiceClient Tables { get; }

    /// <summary>The queues with their messages as they lie there.</summary>
    public QueueServiceClient RawQueues { get; }

    // The requests so far, the engine's and the app's. Of the queues', a look for messages is a query, a message that is sent an insert.
    public StorageOperationCounter TableOperations { get; } = new();
    public StorageOperationCounter QueueOperations { get; } = new();
    public StorageOperationCounter BlobOperations { get; } = new();

    public bool IsDevelopmentStorage => connection.Trim().TrimEnd(';').Equals(DevelopmentStorage, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if the storage is of this machine, an emulator.</summary>
    public bool IsLocal => Tables.Uri.IsLoopback;

    /// <exception cref="HostStartException">There is no storage to run on; the message says why.</exception>
    public static async Task<HostStorage> OpenAsync(
        EmbeddedHostOptions options, string? configured, LocalFolders folders, CancellationToken cancellation)
    {
        if (options.Ephemeral)
        {
            var azurite = await AzuriteProcess.StartInMemoryAsync(folders.Tools, AzuritePorts.Free, options.Progress, cancellation);
            return new HostStorage(azurite.ConnectionString, "Azurite in memory", azurite);
        }

        var connection = options.Storage ?? configured ?? DevelopmentStorage;
        var storage = new HostStorage(connection, "", null);
        if (storage.IsDevelopmentStorage && await ConnectFaultAsync(storage.Tables.Uri, cancellation) is not null)
        {
            Directory.CreateDirectory(folders.Data);
            var azurite = await AzuriteProcess.StartOnFilesAsync(
                folders.Tools, folders.Data, AzuritePorts.DevelopmentStorage, options.Progress, cancellation);
            return new HostStorage(azurite.ConnectionString, $"Azurite, data in {folders.Data}", azurite);
        }

        foreach (var service in new[] { storage.Tables.Uri, storage.RawQueues.Uri })
        {
            if (await ConnectFaultAsync(service, cancellation) is { } fault)
            {
                throw new HostStartException(
                    $"The storage cannot be reached at {service.GetLeftPart(UriPartial.Authority)}: {ConsoleLine.Of(fault.Message)}",
                    fault);
            }
        }

        return new HostStorage(
            connection, storage.IsLocal ? $"Azurite at {storage.Tables.Uri.Authority}" : $"account {storage.Tables.AccountName}", null);
    }

    public QueueServiceClient CreateQueues(QueueMessageEncoding encoding) =>
        new(connection, Counted(new QueueClientOptions { MessageEncoding = encoding }, QueueOperations, "queue"));

    public BlobServiceClient CreateBlobs() => new(connection, Counted(new BlobClientOptions(), BlobOperations, "blob"));

    /// <summary>The same storage, as the framework's own provider asks for it.</summary>
    public StorageAccountClientProvider ForProvider() => new(
        StorageServiceClientProvider.ForBlob(connection, Counted(new BlobClientOptions(), BlobOperations, "blob")),
        StorageServiceClientProvider.ForQueue(connection, Counted(new QueueClientOptions(), QueueOperations, "queue")),
        StorageServiceClientProvider.ForTable(connection, Counted(new TableClientOptions(), TableOperations, "table")));

    public ValueTask DisposeAsync() => Azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A storage of this machine answers at once or not at all: a caller should hear of an outage after about a second.</summary>
    private static T Counted<T>(T options, StorageOperationCounter counter, string service)
        where T : ClientOptions
    {
        options.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        options.AddPolicy(new StorageOperations(service), HttpPipelinePosition.PerRetry);
        options.Retry.Delay = TimeSpan.FromMilliseconds(150);
        options.Retry.MaxRetries = 3;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return options;
    }

    internal static async Task<Exception?> ConnectFaultAsync(Uri service, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        var connecting = client.ConnectAsync(service.Host, service.Port, cancellation).AsTask();
        await Task.WhenAny(connecting, Task.Delay(ConnectLimit, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return connecting.IsCompletedSuccessfully ? null
            : connecting.Exception?.InnerException ?? new TimeoutException($"no answer within {ConnectLimit.TotalSeconds:0} seconds");
    }
}
