using Azure.Core;
using Azure.Core.Pipeline;

namespace SocialCard.Embedded.Storage;

/// <summary>What a request to the table or queue service does; it is what one pays for.</summary>
public enum StorageOperation
{
    /// <summary>Reads one entity by its keys.</summary>
    Get,

    /// <summary>Reads one page of a query.</summary>
    Query,

    /// <summary>Adds an entity or a table.</summary>
    Insert,

    /// <summary>Changes, replaces or upserts an entity.</summary>
    Update,

    /// <summary>Deletes an entity or a table.</summary>
    Delete,

    /// <summary>Commits an entity group transaction, whatever it holds.</summary>
    Transaction,
}

/// <summary>
/// Counts the requests to one storage service by kind. Added per retry to the options of the client, it counts every request that is sent.
/// </summary>
public sealed class StorageOperationCounter : HttpPipelineSynchronousPolicy
{
    private readonly long[] counts = new long[Enum.GetValues<StorageOperation>().Length];

    /// <summary>The number of requests of all kinds.</summary>
    public long Total => Enum.GetValues<StorageOperation>().Sum(operation => this[operation]);

    /// <summary>The number of requests of a kind.</summary>
    /// <param name="operation">The kind.</param>
    public long this[StorageOperation operation] => Interlocked.Read(ref counts[(int)operation]);

    /// <summary>The counts as they stand, by kind.</summary>
    public IReadOnlyDictionary<StorageOperation, long> Snapshot()
        => Enum.GetValues<StorageOperation>().ToDictionary(operation => operation, operation => this[operation]);

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Interlocked.Increment(ref counts[(int)Classify(message.Request)]);
    }

    private static StorageOperation Classify(Request request)
    {
        string path = request.Uri.ToUri().AbsolutePath;
        if (path.EndsWith("$batch", StringComparison.Ordinal) || path.EndsWith("%24batch", StringComparison.Ordinal))
            return StorageOperation.Transaction;
        if (request.Method == RequestMethod.Get)
            return path.EndsWith("()", StringComparison.Ordinal) || !path.EndsWith(')') ? StorageOperation.Query : StorageOperation.Get;
        if (request.Method == RequestMethod.Post)
            return StorageOperation.Insert;
        return request.Method == RequestMethod.Delete ? StorageOperation.Delete : StorageOperation.Update;
    }
}
