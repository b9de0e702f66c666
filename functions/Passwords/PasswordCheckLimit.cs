using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;
using SocialCard.Cards;

namespace SocialCard.Passwords;

/// <summary>
/// How often a card's password may be presented to an instance of the service, right or wrong: the setting
/// <c>RateLimit:PasswordChecksPerMinute</c> (default 20).
/// </summary>
public sealed class PasswordCheckLimit : IDisposable
{
    private readonly PartitionedRateLimiter<CardNumber> limiter;

    /// <summary>Reads the setting.</summary>
    public PasswordCheckLimit(IConfiguration configuration)
    {
        var perMinute = configuration.GetValue("RateLimit:PasswordChecksPerMinute", 20);
        limiter = PartitionedRateLimiter.Create<CardNumber, CardNumber>(card => RateLimitPartition.GetFixedWindowLimiter(
            card, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));
    }

    /// <summary>Counts a check. Null: go on; otherwise after which time to come again.</summary>
    public TimeSpan? Take(CardNumber card)
    {
        using var lease = limiter.AttemptAcquire(card);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromMinutes(1);
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
