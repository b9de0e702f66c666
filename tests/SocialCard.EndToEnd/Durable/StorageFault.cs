using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SocialCard.EndToEnd.Durable;

/// <summary>Where a cut falls: before a request is sent, or after it took effect and before its answer arrives.</summary>
public enum Cut
{
    BeforeRequest,
    BeforeAnswer,
}

/// <summary>Takes the storage away: from a numbered request on for good, as when the process dies there, or for a while.</summary>
internal sealed class StorageFault : HttpPipelinePolicy
{
    private readonly TaskCompletionSource struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int requests;

    /// <summary>The first request that fails; null while none does.</summary>
    public int? From { get; set; }

    public Cut Cut { get; set; }

    /// <summary>Whether only that one request fails, so that the client's own retry comes through.</summary>
    public bool Once { get; set; }

    /// <summary>Whether every request fails at present.</summary>
    public bool Outage { get; set; }

    /// <summary>Completes with the first failing request.</summary>
    public Task Struck => struck.Task;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        => throw new NotSupportedException("The engine is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        int request = Interlocked.Increment(ref requests);
        bool first = request == From;
        if (Outage || first || (request > From && !Once))
        {
            if (first && Cut == Cut.BeforeAnswer)
            {
                await ProcessNextAsync(message, pipeline);
            }

            struck.TrySetResult();
            throw new RequestFailedException("The storage is gone.");
        }

        await ProcessNextAsync(message, pipeline);
    }
}
