using Azure;
using Azure.Data.Tables;
using SocialCard.Embedded.Storage;
using SocialCard.Functions.Storage;

namespace SocialCard.Embedded.Timers;

/// <summary>
/// The timer functions where several hosts share a storage: they run in the one that holds a lease. Another takes them over when that one
/// ends, and makes up for what was missed meanwhile.
/// </summary>
internal sealed class SharedTimers(TimerTriggers timers, TableClient table, ILogger<SharedTimers> logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    public SharedTimers Start()
    {
        running = Task.Run(RunAsync);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
    }

    private async Task RunAsync()
    {
        try
        {
            await using var lease = await AcquireAsync();
            try
            {
                await timers.StartAsync(stopping.Token);
                await lease.Lost.WaitAsync(stopping.Token);
            }
            finally
            {
                await timers.DisposeAsync();
                await lease.ReleaseAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops, with or without its turn.
        }
    }

    private async Task<HubLease> AcquireAsync()
    {
        while (true)
        {
            try
            {
                await table.CreateIfNotExistsAsync(stopping.Token);
                return await HubLease.AcquireAsync(table, LeaseTimes.Default, logger, stopping.Token);
            }
            catch (Exception fault) when (fault is HubLeaseException or RequestFailedException || StorageFault.Is(fault))
            {
                await Task.Delay(RetryDelay, stopping.Token);
            }
        }
    }
}
