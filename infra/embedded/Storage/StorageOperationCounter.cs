using Azure.Core;
using Azure.Core.Pipeline;

namespace SocialCard.Embedded.Storage;

/// <summary>
/// What a request to a storage service does; it is what one pays for. A query counts by its pages, a transaction once, whatever it holds.
/// </summary>
internal enum StorageOperation { Get, Query, Insert, Update, Delete, Transaction }

/// <summary>
/// Counts the requests to one storage service by kind. Added per retry to the options of the client, it counts every request that is sent.
/// </summary>
internal sealed class StorageOperationCounter : HttpPipelineSynchronousPolicy
{
    private readonly long[] counts = new long[Enum.GetValues<StorageOperation>().Length];

    public long Total => counts.Sum();

    public long this[StorageOperation operation] => Interlocked.Read(ref counts[(int)operation]);

    public IReadOnlyDictionary<StorageOperation, long> Snapshot() =>
        Enum.GetValues<StorageOperation>().ToDictionary(kind => kind, kind => this[kind]);

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref counts[(int)KindOf(message.Request)]);

    private static StorageOperation KindOf(Request request) => (request.Method.Method, request.Uri.ToUri().AbsolutePath) switch
    {
        (_, var path) when path.EndsWith("$batch", StringComparison.Ordinal) || path.EndsWith("%24batch", StringComparison.Ordinal)
            => StorageOperation.Transaction,
        ("GET", [.., not '(', ')']) => StorageOperation.Get,
        ("GET", _) => StorageOperation.Query,
        ("POST", _) => StorageOperation.Insert,
        ("DELETE", _) => StorageOperation.Delete,
        _ => StorageOperation.Update,
    };
}
