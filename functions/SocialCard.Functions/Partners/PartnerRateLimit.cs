using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;

namespace SocialCard.Functions.Partners;

/// <summary>
/// How often a partner may call an instance of the service: a token bucket a partner, with the settings
/// <c>RateLimit:PerSecond</c> (default 200) and <c>RateLimit:Burst</c> (default 400).
/// </summary>
public sealed class PartnerRateLimit : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter;

    /// <summary>Reads the settings.</summary>
    public PartnerRateLimit(IConfiguration configuration)
    {
        var perSecond = configuration.GetValue("RateLimit:PerSecond", 200);
        var burst = configuration.GetValue("RateLimit:Burst", 400);
        limiter = PartitionedRateLimiter.Create<string, string>(partner => RateLimitPartition.GetTokenBucketLimiter(
            partner,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
    }

    /// <summary>Counts a call. Null: go on; otherwise after which time to come again.</summary>
    public TimeSpan? Take(string partnerId)
    {
        using var lease = limiter.AttemptAcquire(partnerId);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(1);
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
