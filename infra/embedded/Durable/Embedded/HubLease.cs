using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>Another host holds the task hub. The message is one line that names the holder.</summary>
public sealed class HubLeaseException : Exception
{
    /// <summary>A refusal without a message of its own.</summary>
    public HubLeaseException()
    {
    }

    /// <summary>A refusal with a message.</summary>
    /// <param name="message">Who holds the hub.</param>
    public HubLeaseException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with a message and a cause.</summary>
    /// <param name="message">Who holds the hub.</param>
    /// <param name="innerException">The cause.</param>
    public HubLeaseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// The right to write a hub: one row, renewed under its ETag. A holder whose process is gone from this machine is followed at once, a
/// holder elsewhere once its lease has expired.
/// </summary>
internal sealed partial class HubLease : IAsyncDisposable
{
    private const string RowKey = "lease";

    // Two readings of one process's start time may differ a little; a reused process id starts much later.
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(5);

    // The owners of this process: several engines may live in it, one after the other.
    private static readonly ConcurrentDictionary<string, bool> LiveOwners = new();

    private readonly TableClient table;
    private readonly HubOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim renewing = new(1, 1);
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ETag etag;
    private long renewedAt;
    private Task heartbeat = Task.CompletedTask;

    private HubLease(TableClient table, HubOptions options, TimeProvider time, ILogger logger)
        => (this.table, this.options, this.time, this.logger) = (table, options, time, logger);

    /// <summary>Completes when another host has taken the hub.</summary>
    public Task Lost => lost.Task;

    /// <exception cref="HubLeaseException">Another host holds the hub.</exception>
    public static async Task<HubLease> AcquireAsync(
        TableClient table, HubOptions options, TimeProvider time, ILogger logger, CancellationToken cancellation)
    {
        HubLease lease = new(table, options, time, logger);
        LiveOwners[lease.owner] = true;
        try
        {
            await lease.TakeAsync(cancellation);
        }
        catch
        {
            LiveOwners.TryRemove(lease.owner, out _);
            throw;
        }

        lease.heartbeat = lease.BeatAsync();
        return lease;
    }

    /// <summary>Makes sure before a write that a host that stood still for longer than its lease has not lost it meanwhile.</summary>
    /// <exception cref="HubLeaseException">Another host holds the hub.</exception>
    public async Task EnsureHeldAsync(CancellationToken cancellation)
    {
        if (time.GetElapsedTime(Interlocked.Read(ref renewedAt)) > options.LeaseDuration)
            await RenewAsync(cancellation);
        if (lost.Task.IsCompleted)
            throw new HubLeaseException($"Task hub '{options.HubName}' was taken over by another host.");
    }

    /// <summary>Gives the hub back, so that the next host need not wait.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        await EndHeartbeatAsync();
        if (!lost.Task.IsCompleted)
            await table.DeleteEntityAsync(InstanceKeys.Partition, RowKey, etag, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await EndHeartbeatAsync();
        LiveOwners.TryRemove(owner, out _);
        ending.Dispose();
        renewing.Dispose();
    }

    private static bool IsGone(TableEntity holder)
    {
        if (holder.GetString("Machine") != Environment.MachineName)
            return false;
        try
        {
            using Process process = Process.GetProcessById(holder.GetInt32("ProcessId") ?? 0);
            if ((process.StartTime.ToUniversalTime() - holder.GetDateTimeOffset("ProcessStart"))?.Duration() > StartTolerance)
                return true;
            return process.Id == Environment.ProcessId && !LiveOwners.ContainsKey(holder.GetString("Owner") ?? string.Empty);
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

    private static string Name(TableEntity holder) => $"process {holder.GetInt32("ProcessId")} on machine '{holder.GetString("Machine")}'";

    private async Task TakeAsync(CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.Partition, RowKey, cancellationToken: cancellation);
        try
        {
            long now = time.GetTimestamp();
            Response taken;
            if (!found.HasValue)
            {
                taken = await table.AddEntityAsync(Describe(), cancellation);
            }
            else if (IsGone(found.Value!) || found.Value!.GetDateTimeOffset("ExpiresAt") <= time.GetUtcNow())
            {
                taken = await table.UpdateEntityAsync(Describe(), found.Value!.ETag, TableUpdateMode.Replace, cancellation);
                string earlier = Name(found.Value);
                LogTakenOver(options.HubName, earlier);
            }
            else
            {
                throw Refused(found.Value!);
            }

            Renewed(taken, now);
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            NullableResponse<TableEntity> other = await table.GetEntityIfExistsAsync<TableEntity>(
                InstanceKeys.Partition, RowKey, cancellationToken: cancellation);
            if (TakeOwn(other))
                return;
            throw other.HasValue
                ? Refused(other.Value!)
                : new HubLeaseException($"Another host is taking task hub '{options.HubName}'.", conflict);
        }
    }

    private HubLeaseException Refused(TableEntity holder) => new(
        $"Task hub '{options.HubName}' is in use by {Name(holder)} "
        + $"(lease until {holder.GetDateTimeOffset("ExpiresAt"):u}). Stop that host first: only one can write a hub.");

    private async Task BeatAsync()
    {
        using PeriodicTimer timer = new(options.LeaseHeartbeat, time);
        try
        {
            while (!lost.Task.IsCompleted && await timer.WaitForNextTickAsync(ending.Token))
            {
                try
                {
                    await RenewAsync(ending.Token);
                }
                catch (Exception exception) when (!ending.IsCancellationRequested)
                {
                    // Nobody can take the lease over while the storage is away; the next beat tries again.
                    LogRenewalFailed(exception, options.HubName);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            LogEnded(options.HubName);
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        await renewing.WaitAsync(cancellation);
        try
        {
            long now = time.GetTimestamp();
            Renewed(await table.UpdateEntityAsync(Describe(), etag, TableUpdateMode.Replace, cancellation), now);
        }
        catch (RequestFailedException refusal) when (refusal.Status is 404 or 412)
        {
            await RecogniseOwnRenewalAsync(cancellation);
        }
        finally
        {
            renewing.Release();
        }
    }

    // The pipeline repeats a renewal whose answer was lost, and the repetition is refused.
    private async Task RecogniseOwnRenewalAsync(CancellationToken cancellation)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            InstanceKeys.Partition, RowKey, cancellationToken: cancellation);
        if (TakeOwn(found))
            return;
        LogLost(options.HubName);
        lost.TrySetResult();
    }

    private bool TakeOwn(NullableResponse<TableEntity> found)
    {
        if (!found.HasValue || found.Value!.GetString("Owner") != owner)
            return false;
        etag = found.Value.ETag;
        Interlocked.Exchange(ref renewedAt, time.GetTimestamp());
        return true;
    }

    private void Renewed(Response response, long at)
    {
        etag = response.Headers.ETag ?? throw new RequestFailedException("The table service named no ETag for the lease.");
        Interlocked.Exchange(ref renewedAt, at);
    }

    private TableEntity Describe()
    {
        using Process process = Process.GetCurrentProcess();
        return new(InstanceKeys.Partition, RowKey)
        {
            ["Owner"] = owner,
            ["Machine"] = Environment.MachineName,
            ["ProcessId"] = process.Id,
            ["ProcessStart"] = new DateTimeOffset(process.StartTime.ToUniversalTime()),
            ["ExpiresAt"] = time.GetUtcNow() + options.LeaseDuration,
        };
    }

    private async Task EndHeartbeatAsync()
    {
        await ending.CancelAsync();
        await heartbeat;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Took over task hub {Hub} from {Earlier}.")]
    private partial void LogTakenOver(string hub, string earlier);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of task hub {Hub} could not be renewed; trying again.")]
    private partial void LogRenewalFailed(Exception exception, string hub);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task hub {Hub} was taken over by another host; this one stops.")]
    private partial void LogLost(string hub);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lease of task hub {Hub} is no longer renewed.")]
    private partial void LogEnded(string hub);
}
