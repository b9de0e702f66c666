namespace SocialCard.Functions.Webhooks;

/// <summary>Once a day, removes from the log of webhooks what has lain there for ninety days.</summary>
public sealed class WebhookLogCleaning(WebhookLog log, TimeProvider clock)
{
    /// <summary>Runs at 20:00 UTC, 04:00 China Standard Time.</summary>
    [Function(nameof(WebhookLogCleaning))]
    public async Task RunAsync([TimerTrigger("0 0 20 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var before = clock.GetUtcNow() - WebhookLog.Kept;
        while (await log.RemoveAsync(before, cancellation) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
