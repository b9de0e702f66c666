using Azure;
using Microsoft.AspNetCore.Http;
using SocialCard.Http;

namespace SocialCard.Tests.Http;

public sealed class StorageOutageTests
{
    private static readonly RequestFailedException Away = new(503, "Server busy.");

    public static TheoryData<Exception, bool> Failures => new()
    {
        { Away, true },
        { new RequestFailedException("Connection refused."), true },
        { new RequestFailedException(404, "There is no such row."), false },
        { new AggregateException(Away, new TaskCanceledException()), true },
        { new AggregateException(Away, new InvalidOperationException()), false },
        { new InvalidOperationException("The workflows' backend met the storage.", Away), true },
        { new InvalidOperationException("The workflows' backend met a fault.", new RequestFailedException(404, "There is no such queue.")), false },
        { new InvalidOperationException("A fault of ours."), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_storage_that_is_away_is_told_from_a_fault_of_ours_whoever_says_so(Exception failure, bool isOutage) =>
        Assert.Equal(isOutage ? 503 : null, Problems.OfFailure(new DefaultHttpContext().Response, failure)?.StatusCode);
}
