using Azure.Storage.Queues;

namespace SocialCard.Functions.Storage;

/// <summary>The queues with their messages as they lie there: a damaged message cannot be read in any other way.</summary>
/// <param name="Client">A client that has no encoding of its own.</param>
public sealed record RawQueues(QueueServiceClient Client);
