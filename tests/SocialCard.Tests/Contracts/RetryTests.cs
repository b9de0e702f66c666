using Microsoft.DurableTask;

namespace SocialCard.Tests.Contracts;

public sealed class RetryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_policy_has_no_back_off_an_hour_at_most_and_no_timeout_by_default()
    {
        RetryPolicy policy = new(3, Second);

        Assert.Equal(
            (3, Second, 1.0, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan),
            (policy.MaxNumberOfAttempts, policy.FirstRetryInterval, policy.BackoffCoefficient, policy.MaxRetryInterval, policy.RetryTimeout));
        Assert.True(policy.Handle(new InvalidOperationException()));
    }

    [Theory]
    [InlineData("maxNumberOfAttempts", 0, 1, 1.0, null, null)]
    [InlineData("firstRetryInterval", 1, 0, 1.0, null, null)]
    [InlineData("backoffCoefficient", 1, 1, 0.9, null, null)]
    [InlineData("maxRetryInterval", 1, 2, 1.0, 1, null)]
    [InlineData("retryTimeout", 1, 2, 1.0, null, 1)]
    public void A_policy_refuses_a_value_out_of_range(
        string parameter, int attempts, int first, double backoff, int? longest, int? timeout)
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => new RetryPolicy(attempts, first * Second, backoff, longest * Second, timeout * Second));

        Assert.Equal(parameter, refusal.ParamName);
    }

    [Fact]
    public void A_policy_takes_infinite_for_no_limit()
    {
        RetryPolicy policy = new(3, Second, 2, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal(Timeout.InfiniteTimeSpan, policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
    }

    [Fact]
    public async Task A_handler_that_decides_at_once_is_one_that_may_await()
    {
        RetryContext second = new(null!, 2, new("Error", "message", null, null, null), Second, CancellationToken.None);
        TaskRetryOptions options = TaskRetryOptions.FromRetryHandler(context => context.LastAttemptNumber < 2);

        Assert.Null(options.Policy);
        Assert.False(await options.Handler!(second));
        Assert.True(await options.Handler(second with { LastAttemptNumber = 1 }));
    }

    [Fact]
    public void Task_options_of_a_policy_carry_it()
    {
        RetryPolicy policy = new(3, Second);

        Assert.Same(policy, TaskOptions.FromRetryPolicy(policy).Retry!.Policy);
    }

    [Fact]
    public void Sub_orchestration_options_of_task_options_keep_what_those_say()
    {
        TaskOptions options = new(new RetryPolicy(3, Second)) { Version = "2.0" };

        SubOrchestrationOptions named = options.WithInstanceId("reissue-1");
        SubOrchestrationOptions again = new((TaskOptions)named);

        Assert.Equal(("reissue-1", options.Retry, options.Version), (named.InstanceId, named.Retry, named.Version));
        Assert.Equal(named, again);
    }
}
