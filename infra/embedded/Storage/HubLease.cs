using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using SocialCard.Functions.Storage;

namespace SocialCard.Embedded.Storage;

/// <summary>Another host holds the hub. The message is one line that names the holder.</summary>
internal sealed class HubLeaseException(string message) : Exception(message);

/// <summary>How long a lease lasts, in real time.</summary>
internal sealed record LeaseTimes(TimeSpan Heartbeat, TimeSpan Duration)
{
    public static readonly LeaseTimes Default = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));
}

/// <summary>
/// The right to be the only one: a row of a table, renewed under its ETag. A holder whose process is gone from this machine is followed at
/// once, a holder elsewhere once its lease has expired.
/// </summary>
internal sealed partial class HubLease(TableClient table, LeaseTimes times, ILogger logger) : IAsyncDisposable
{
    private const string Partition = "hub";
    private const string Row = "lease";

    // Two readings of one process's start time may differ a little; a reused process id starts much later.
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(5);

    private static readonly DateTimeOffset ProcessStart = Process.GetCurrentProcess().StartTime.ToUniversalTime();

    // The owners of this process: several may live in it, one after the other.
    private static readonly ConcurrentDictionary<string, bool> LiveOwners = new();

    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim renewing = new(1, 1);
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ETag etag;
    private long renewedAt;
    private Task heartbeat = Task.CompletedTask;

    /// <summary>Completes when another host has taken the lease.</summary>
    public Task Lost => lost.Task;

    /// <exception cref="HubLeaseException">Another host holds the lease.</exception>
    public static async Task<HubLease> AcquireAsync(TableClient table, LeaseTimes times, ILogger logger, CancellationToken cancellation)
    {
        HubLease lease = new(table, times, logger);
        LiveOwners[lease.owner] = true;
        try
        {
            await lease.TakeAsync(cancellation);
            lease.heartbeat = lease.BeatAsync();
            return lease;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes sure before a write that a host that stood still for longer than its lease has not lost it meanwhile.</summary>
    /// <exception cref="HubLeaseException">Another host holds the lease.</exception>
    public async Task EnsureHeldAsync(CancellationToken cancellation)
    {
        if (Stopwatch.GetElapsedTime(Interlocked.Read(ref renewedAt)) > times.Duration)
        {
            await RenewAsync(cancellation);
        }

        if (lost.Task.IsCompleted)
        {
            throw new HubLeaseException($"Table {table.Name} was taken over by another host.");
        }
    }

    /// <summary>Gives the lease back, so that the next host need not wait; where the storage does not answer, it expires.</summary>
    public async Task ReleaseAsync()
    {
        await EndHeartbeatAsync();
        try
        {
            if (!lost.Task.IsCompleted)
            {
                await table.DeleteEntityAsync(Partition, Row, etag);
            }
        }
        catch (Exception fault) when (fault is RequestFailedException || StorageFault.Is(fault))
        {
            LogNotReleased(fault, table.Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndHeartbeatAsync();
        LiveOwners.TryRemove(owner, out _);
    }

    private static bool IsGone(TableEntity holder)
    {
        if (holder.GetString("Machine") != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using Process process = Process.GetProcessById(holder.GetInt32("ProcessId") ?? 0);
            if ((process.StartTime.ToUniversalTime() - holder.GetDateTimeOffset("ProcessStart"))?.Duration() > StartTolerance)
            {
                return true;
            }

            return process.Id == Environment.ProcessId && !LiveOwners.ContainsKey(holder.GetString("Owner") ?? "");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (Win32Exception)
        {
            // It runs, under another user.
            return false;
        }
    }

    private async Task TakeAsync(CancellationToken cancellation)
    {
        TableEntity? holder = await ReadAsync(cancellation);
        if (holder is not null && !IsGone(holder) && holder.GetDateTimeOffset("ExpiresAt") > DateTimeOffset.UtcNow)
        {
            throw Refused(holder);
        }

        if (!await TryWriteAsync(holder?.ETag, cancellation))
        {
            throw new HubLeaseException($"Another host is taking the hub in table {table.Name}.");
        }
    }

    private HubLeaseException Refused(TableEntity holder) => new(
        $"The hub in table {table.Name} is in use by process {holder.GetInt32("ProcessId")} on machine '{holder.GetString("Machine")}' "
        + $"(lease until {holder.GetDateTimeOffset("ExpiresAt"):u}). Stop that host first: only one can write it.");

    private async Task BeatAsync()
    {
        while (!lost.Task.IsCompleted && !ending.IsCancellationRequested)
        {
            await Task.Delay(times.Heartbeat, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Task renewal = RenewAsync(ending.Token);
            await renewal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Nobody can take the lease over while the storage is away; the next beat tries again.
            if (renewal.Exception is { } fault)
            {
                LogRenewalFailed(fault.GetBaseException(), table.Name);
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        await renewing.WaitAsync(cancellation);
        try
        {
            if (await TryWriteAsync(etag, cancellation) || !lost.TrySetResult())
            {
                return;
            }

            LogLost(table.Name);
        }
        finally
        {
            renewing.Release();
        }
    }

    private async Task<TableEntity?> ReadAsync(CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            Partition, Row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Writes the row over the one that is known; false if another host has written it meanwhile.</summary>
    private async Task<bool> TryWriteAsync(ETag? known, CancellationToken cancellation)
    {
        TableEntity row = new(Partition, Row)
        {
            ["Owner"] = owner,
            ["Machine"] = Environment.MachineName,
            ["ProcessId"] = Environment.ProcessId,
            ["ProcessStart"] = ProcessStart,
            ["ExpiresAt"] = DateTimeOffset.UtcNow + times.Duration,
        };
        long at = Stopwatch.GetTimestamp();
        try
        {
            Response answer = known is { } earlier
                ? await table.UpdateEntityAsync(row, earlier, TableUpdateMode.Replace, cancellation)
                : await table.AddEntityAsync(row, cancellation);
            etag = answer.Headers.ETag!.Value;
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 409 or 412)
        {
            // By another, or by a request of ours whose answer was lost and that was sent again.
            if (await ReadAsync(cancellation) is not { } found || found.GetString("Owner") != owner)
            {
                return false;
            }

            etag = found.ETag;
        }

        Interlocked.Exchange(ref renewedAt, at);
        return true;
    }

    private async Task EndHeartbeatAsync()
    {
        await ending.CancelAsync();
        await heartbeat;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of table {Table} could not be given back; it expires.")]
    private partial void LogNotReleased(Exception exception, string table);
    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of table {Table} could not be renewed; trying again.")]
    private partial void LogRenewalFailed(Exception exception, string table);
    [LoggerMessage(Level = LogLevel.Error, Message = "Table {Table} was taken over by another host; this one stops.")]
    private partial void LogLost(string table);
}
