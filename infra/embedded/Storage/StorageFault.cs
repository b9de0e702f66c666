using Azure;

namespace SocialCard.Embedded.Storage;

/// <summary>Tells a storage that is out of reach from one that refuses a request.</summary>
internal static class StorageFault
{
    public static bool Is(Exception fault) => fault switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        // What Azure.Core says after its last attempt; where none was answered within the network timeout, each is a cancellation.
        AggregateException several =>
            several.InnerExceptions.Count > 0 && several.InnerExceptions.All(one => one is OperationCanceledException || Is(one)),
        // The workflows' backend says in its own words what the storage has said.
        { InnerException: RequestFailedException said } => Is(said),
        _ => false,
    };
}
