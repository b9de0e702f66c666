using Azure;
using Azure.Data.Tables;
using SocialCard.Embedded.Storage;

namespace SocialCard.Embedded.Timers;

/// <summary>
/// The timer functions where several hosts share a storage: they run in the one that holds a lease. Another takes them over when that one
/// ends, and makes up for what was missed meanwhile.
/// </summary>
internal sealed class SharedTimers : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly TimerTriggers timers;
    private readonly TableClient table;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;
    private HubLease? lease;

    public SharedTimers(TimerTriggers timers, TableClient table, ILogger<SharedTimers> logger)
    {
        (this.timers, this.table, this.logger) = (timers, table, logger);
        running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        await timers.StopAsync();
        if (lease is not null)
        {
            await lease.ReleaseAsync();
            await lease.DisposeAsync();
        }

        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (lease is null)
            {
                try
                {
                    await table.CreateIfNotExistsAsync(stopping.Token);
                    lease = await HubLease.AcquireAsync(table, LeaseTimes.Default, logger, stopping.Token);
                }
                catch (Exception fault) when (fault is HubLeaseException or RequestFailedException || StorageFault.Is(fault))
                {
                    await Task.Delay(RetryDelay, stopping.Token);
                }
            }

            await timers.StartAsync(stopping.Token);
            await lease.Lost.WaitAsync(stopping.Token);
            await timers.StopAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops, with or without its turn.
        }
    }
}
