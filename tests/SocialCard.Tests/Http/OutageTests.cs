using Azure;
using Microsoft.AspNetCore.Http;
using SocialCard.Functions.Api;
using SocialCard.Functions.Storage;

namespace SocialCard.Tests.Http;

/// <summary>Which failures mean that the storage is out of reach, for callers and for the host's own work.</summary>
public sealed class OutageTests
{
    public static TheoryData<string, Exception, bool> Failures() => new()
    {
        { "connection refused", new RequestFailedException("refused"), true },
        { "server busy", new RequestFailedException(503, "busy"), true },
        { "all attempts refused", new AggregateException(
            new RequestFailedException("refused"), new RequestFailedException(500, "fault")), true },
        { "no attempt answered in time", new AggregateException(Unanswered(), Unanswered()), true },
        { "the workflows' backend met an outage", new InvalidOperationException("wrapped", new RequestFailedException(503, "busy")), true },
        { "the workflows' backend met a fault", new InvalidOperationException(
            "wrapped", new RequestFailedException(404, "nothing")), false },
        { "an answer broke off", new IOException("the connection was reset"), true },
        { "a file of ours is missing", new FileNotFoundException("regions.json"), false },
        { "no attempt at all", new AggregateException(), false },
        { "not found", new RequestFailedException(404, "nothing"), false },
        { "one attempt not found", new AggregateException(Unanswered(), new RequestFailedException(404, "nothing")), false },
        { "a fault of ours", new InvalidOperationException("ours"), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_storage_out_of_reach_is_told_from_a_fault(string what, Exception failure, bool outage)
    {
        var response = new DefaultHttpContext().Response;
        var problem = Problems.OfFailure(response, failure);
        Assert.True((outage, outage) == (problem?.StatusCode is 503, StorageFault.Is(failure)), what);
        Assert.Equal(outage ? "2" : "", response.Headers.RetryAfter.ToString());
    }

    // Azure.Core cancels an attempt by a token of its own when the network timeout is over.
    private static TaskCanceledException Unanswered() => new("too slow", null, new CancellationToken(canceled: true));
}
