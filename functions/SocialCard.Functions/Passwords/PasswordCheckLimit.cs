using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;

namespace SocialCard.Functions.Passwords;

/// <summary>
/// How often a card's password, or one for a holder's inquiries, may be presented to an instance of the service, right or wrong: the
/// setting <c>RateLimit:PasswordChecksPerMinute</c> (default 20).
/// </summary>
public sealed class PasswordCheckLimit : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter;

    /// <summary>Reads the setting.</summary>
    public PasswordCheckLimit(IConfiguration configuration)
    {
        var perMinute = configuration.GetValue("RateLimit:PasswordChecksPerMinute", 20);
        limiter = PartitionedRateLimiter.Create<string, string>(whose => RateLimitPartition.GetFixedWindowLimiter(
            whose, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));
    }

    /// <summary>Counts a check. Null: go on; otherwise after which time to come again.</summary>
    /// <param name="card">The card whose password is presented.</param>
    public TimeSpan? Take(CardNumber card) => Take(card.Value);

    /// <summary>Counts a check. Null: go on; otherwise after which time to come again.</summary>
    /// <param name="whose">Whose password is presented: a card's number or a holder's key.</param>
    public TimeSpan? Take(string whose)
    {
        using var lease = limiter.AttemptAcquire(whose);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromMinutes(1);
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
