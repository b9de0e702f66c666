namespace Microsoft.DurableTask;

/// <summary>How often and at what intervals a failed activity or sub-orchestration is tried again.</summary>
public class RetryPolicy
{
    /// <param name="maxNumberOfAttempts">Attempts in all, the first one included; 1 or more.</param>
    /// <param name="firstRetryInterval">The delay between the first and the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">What each further delay is multiplied by; 1 or more.</param>
    /// <param name="maxRetryInterval">The longest delay, not below the first; one hour if not given.</param>
    /// <param name="retryTimeout">The time for all attempts, not below the first delay; unlimited if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;

        ThrowIfShorterThanFirstInterval(maxRetryInterval, nameof(maxRetryInterval));
        ThrowIfShorterThanFirstInterval(retryTimeout, nameof(retryTimeout));
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    public TimeSpan MaxRetryInterval { get; }

    public TimeSpan RetryTimeout { get; }

    /// <summary>
    /// Whether a failure is worth another attempt: always. The package sets it from HandleFailure, which only its own
    /// engine can call; a decision on the failure belongs into a <see cref="RetryHandler"/>.
    /// </summary>
    public Func<Exception, bool> Handle { get; } = _ => true;

    private void ThrowIfShorterThanFirstInterval(TimeSpan? value, string parameter)
    {
        if (value is { } given && given != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, FirstRetryInterval, parameter);
        }
    }
}
