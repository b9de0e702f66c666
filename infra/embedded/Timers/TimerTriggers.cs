using Azure;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Embedded.Functions;
using SocialCard.Functions.Storage;

namespace SocialCard.Embedded.Timers;

/// <summary>
/// Fires the timer functions by the host's clock. The last run of a monitored timer is kept in a table, so that a host which was down at an
/// occurrence makes up for it at its start: once, however many it missed, with <see cref="TimerInfo.IsPastDue"/>.
/// </summary>
internal sealed partial class TimerTriggers(
    IEnumerable<TimerFunction> functions, TableClient table, HostClock clock, IServiceProvider services, ILogger<TimerTriggers> logger)
    : IAsyncDisposable
{
    private const string Partition = "timers";
    private const string LastColumn = "Last";

    /// <summary>As in the Functions host, a schedule that comes round more often than this is not worth a row.</summary>
    private static readonly TimeSpan LeastMonitoredInterval = TimeSpan.FromMinutes(1);

    /// <summary>A run later than this was missed, not merely delayed.</summary>
    private static readonly TimeSpan Punctual = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Entry[] timers = [.. functions.Select(function => new Entry(function))];
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly SemaphoreSlim clockMoved = new(0);
    private Task waiting = Task.CompletedTask;

    /// <summary>Reads the last runs and starts waiting. The clock must be the hub's by now.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (timers.Length == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await RecallAsync(now, cancellation);
        foreach (var timer in timers.Where(timer => timer.Function.RunOnStartup))
        {
            timer.Next = now;
        }

        waiting = Task.Run(WaitAsync, CancellationToken.None);
    }

    /// <summary>Fires what the clock has passed and answers how many functions ran; for whoever has moved the clock.</summary>
    public async Task<int> CatchUpAsync()
    {
        var fired = await FireDueAsync();
        clockMoved.Release();
        return fired;
    }

    /// <summary>Fires no further function and lets those that run finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await waiting;
    }

    private async Task RecallAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await table.CreateIfNotExistsAsync(cancellation);
        var known = await table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancellation)
            .ToDictionaryAsync(row => row.RowKey, row => row.GetDateTimeOffset(LastColumn), cancellationToken: cancellation);
        foreach (var timer in timers)
        {
            timer.Last = timer.IsMonitored ? known.GetValueOrDefault(timer.Name) : null;
            timer.Next = timer.Function.Schedule.Next(timer.Last ?? now);
            // From the first start on, an occurrence that no host saw is a missed one.
            if (timer.IsMonitored && timer.Last is null)
            {
                await RememberAsync(timer, now);
            }
        }
    }

    private async Task WaitAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await FireDueAsync();
            var wait = timers.Min(timer => timer.Next) - clock.GetUtcNow();
            Task moved = clockMoved.WaitAsync(
                wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait.Value : LongestWait, stopping.Token);
            await moved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> FireDueAsync()
    {
        await oneAtATime.WaitAsync();
        try
        {
            var now = clock.GetUtcNow();
            var due = timers.Where(timer => timer.Next <= now).OrderBy(timer => timer.Next).ToList();
            await Task.WhenAll(due.Select(timer => FireAsync(timer, now)));
            return due.Count;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task FireAsync(Entry timer, DateTimeOffset now)
    {
        var (due, last) = (timer.Next!.Value, timer.Last);
        timer.Last = now;
        timer.Next = timer.Function.Schedule.Next(now);
        var info = new TimerInfo
        {
            IsPastDue = now - due > Punctual,
            ScheduleStatus = new ScheduleStatus
            {
                Last = last?.UtcDateTime ?? default,
                Next = timer.Next?.UtcDateTime ?? default,
                LastUpdated = last?.UtcDateTime ?? default,
            },
        };
        Task run = timer.Function.Method.InvokeScopedAsync(services, info, stopping.Token);
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Not remembered as run, so the next host makes up for it.
        if (run.IsCanceled && stopping.IsCancellationRequested)
        {
            return;
        }

        // Whatever a function throws, its schedule goes on.
        if (!run.IsCompletedSuccessfully)
        {
            LogFailed(run.Exception?.InnerException ?? new TaskCanceledException(run), timer.Name);
        }

        if (timer.IsMonitored)
        {
            await RememberAsync(timer, now);
        }
    }

    private async Task RememberAsync(Entry timer, DateTimeOffset last)
    {
        try
        {
            await table.UpsertEntityAsync(new TableEntity(Partition, timer.Name) { [LastColumn] = last }, TableUpdateMode.Replace);
        }
        catch (Exception fault) when (fault is RequestFailedException || StorageFault.Is(fault))
        {
            LogForgotten(timer.Name, ConsoleLine.Of(fault.Message));
        }
    }

    [LoggerMessage(LogLevel.Error, "Timer function {Function} failed")]
    private partial void LogFailed(Exception fault, string function);
    [LoggerMessage(LogLevel.Warning, "The run of timer function {Function} could not be recorded: {Fault}")]
    private partial void LogForgotten(string function, string fault);

    private sealed class Entry(TimerFunction function)
    {
        public TimerFunction Function => function;
        public string Name => function.Method.Name;
        public bool IsMonitored { get; } = function.UseMonitor && IntervalOf(function.Schedule) >= LeastMonitoredInterval;
        public DateTimeOffset? Last { get; set; }
        public DateTimeOffset? Next { get; set; }

        private static TimeSpan IntervalOf(TimerSchedule schedule) =>
            schedule.Next(DateTimeOffset.UnixEpoch) is { } first && schedule.Next(first) is { } second ? second - first : TimeSpan.MaxValue;
    }
}
