using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace SocialCard.Cards;

/// <summary>Once a day, delivers what a process left in its outbox when it died and nobody came back for.</summary>
public sealed partial class OutboxSweep(CardStore store, Outbox outbox, TimeProvider clock, ILogger<OutboxSweep> logger)
{
    // Younger messages are being delivered by the request that made them.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Runs the sweep at 19:00 UTC, 03:00 China Standard Time.</summary>
    [Function(nameof(OutboxSweep))]
    public async Task RunAsync(
        [TimerTrigger("0 0 19 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var before = clock.GetUtcNow() - Grace;
        var left = new HashSet<string>();
        await foreach (var row in store.ReadOutboxAsync(null, cancellation))
        {
            if (row.Timestamp < before)
            {
                left.Add(row.PartitionKey);
            }
        }

        foreach (var number in left)
        {
            await outbox.DeliverPendingAsync(CardNumber.Parse(number), durable, cancellation);
        }

        if (left.Count > 0)
        {
            Swept(left.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivered what {Cards} cards had left in their outbox")]
    private partial void Swept(int cards);
}
