using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Storage;

/// <summary>
/// How the storage account is reached, by the settings that the Functions host itself reads: by the app's identity
/// (<c>AzureWebJobsStorage:tableServiceUri</c>, <c>:queueServiceUri</c>, <c>:blobServiceUri</c> and, for a user-assigned identity,
/// <c>:clientId</c>), or by the connection string <c>AzureWebJobsStorage</c>, which is for Azurite.
/// </summary>
public sealed class StorageConnection
{
    private readonly IConfiguration configuration;
    private readonly string? connectionString;

    /// <summary>Reads which of the two it is.</summary>
    public StorageConnection(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        this.configuration = configuration;
        connectionString = configuration["AzureWebJobsStorage"] is { Length: > 0 } given ? given : null;
        Credential = configuration["AzureWebJobsStorage:clientId"] is { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential();
    }

    /// <summary>What the app proves its identity with: its user-assigned identity, or whoever runs it on a developer's machine.</summary>
    public TokenCredential Credential { get; }

    /// <summary>The client of the tables.</summary>
    /// <exception cref="InvalidOperationException">Neither a connection string nor the service's address is set.</exception>
    public TableServiceClient CreateTables()
    {
        var options = Counted(new TableClientOptions(), "table");
        return connectionString is not null
            ? new TableServiceClient(connectionString, options)
            : new TableServiceClient(AddressOf("AzureWebJobsStorage:tableServiceUri"), Credential, options);
    }

    /// <summary>The client of the queues, whose messages are base64, as the host reads them.</summary>
    /// <exception cref="InvalidOperationException">Neither a connection string nor the service's address is set.</exception>
    public QueueServiceClient CreateQueues() => CreateQueues(QueueMessageEncoding.Base64);

    /// <summary>The queues with their messages as they lie there.</summary>
    /// <exception cref="InvalidOperationException">Neither a connection string nor the service's address is set.</exception>
    public RawQueues CreateRawQueues() => new(CreateQueues(QueueMessageEncoding.None));

    /// <summary>The client of the blobs.</summary>
    /// <exception cref="InvalidOperationException">Neither a connection string nor the service's address is set.</exception>
    public BlobServiceClient CreateBlobs()
    {
        var options = Counted(new BlobClientOptions(), "blob");
        return connectionString is not null
            ? new BlobServiceClient(connectionString, options)
            : new BlobServiceClient(AddressOf("AzureWebJobsStorage:blobServiceUri"), Credential, options);
    }

    private QueueServiceClient CreateQueues(QueueMessageEncoding encoding)
    {
        var options = Counted(new QueueClientOptions { MessageEncoding = encoding }, "queue");
        return connectionString is not null
            ? new QueueServiceClient(connectionString, options)
            : new QueueServiceClient(AddressOf("AzureWebJobsStorage:queueServiceUri"), Credential, options);
    }

    private static T Counted<T>(T options, string service)
        where T : ClientOptions
    {
        options.AddPolicy(new StorageOperations(service), HttpPipelinePosition.PerRetry);
        return options;
    }

    private Uri AddressOf(string setting) => Uri.TryCreate(configuration[setting], UriKind.Absolute, out var address)
        ? address
        : throw new InvalidOperationException(
            $"Set AzureWebJobsStorage for Azurite, or {setting} and its like for an account that is reached by identity.");
}
