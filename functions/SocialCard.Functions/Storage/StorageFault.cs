using Azure;

namespace SocialCard.Functions.Storage;

/// <summary>Tells a storage that is out of reach, or does not keep up, from one that refuses a request, and from a fault of ours.</summary>
public static class StorageFault
{
    /// <summary>Whether to come again later is all that helps.</summary>
    /// <param name="failure">What was thrown.</param>
    public static bool Is(Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        // What the storage client says of an answer that broke off. A file of ours that is not there is no fault of the storage.
        IOException and not (FileNotFoundException or DirectoryNotFoundException) => true,
        // What the storage client says after its last attempt; where none was answered in time, each is a cancellation.
        AggregateException { InnerExceptions: { Count: > 0 } attempts } =>
            attempts.All(one => one is OperationCanceledException || Is(one)),
        // The workflows' backend says in its own words what the storage has said.
        { InnerException: RequestFailedException said } => Is(said),
        _ => false,
    };
}
