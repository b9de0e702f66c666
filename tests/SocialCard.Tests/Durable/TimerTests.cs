#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Durable;

namespace SocialCard.Tests.Durable;

public sealed class TimerTests
{
    [Fact]
    public async Task Timers_fire_in_the_order_of_their_due_times()
    {
        TurnHarness harness = new(async context =>
        {
            List<int> order = [];
            async Task WaitAsync(int hours)
            {
                await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                order.Add(hours);
            }

            await Task.WhenAll(WaitAsync(5), WaitAsync(1), WaitAsync(3));
            return string.Join(',', order);
        });
        await harness.StartAsync();
        harness.Now += TimeSpan.FromHours(6);
        InstanceTurn turn = await harness.TurnAsync(new TimersDue());
        Assert.Equal(3, turn.TimersFired);
        Assert.Equal("\"1,3,5\"", harness.Output());
    }

    [Fact]
    public async Task A_timer_fires_at_its_time_and_not_before()
    {
        TurnHarness harness = new(async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(300), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        await harness.StartAsync();
        DateTimeOffset due = harness.Now + TimeSpan.FromDays(300);
        Assert.Equal(due, harness.Subject.NextTimer);
        harness.Now = due - TimeSpan.FromTicks(1);
        Assert.False((await harness.TurnAsync(new TimersDue())).Changes);
        await harness.FireNextTimerAsync();
        Assert.Equal(due.UtcDateTime, JsonDataConverterDate(harness.Output()));
    }

    [Fact]
    public async Task A_cancelled_timer_is_gone()
    {
        TurnHarness harness = new(async context =>
        {
            using CancellationTokenSource cancellation = new();
            Task timer = context.CreateTimer(TimeSpan.FromDays(30), cancellation.Token);
            await context.WaitForExternalEvent<string>("Stop");
#pragma warning disable CA1849
            cancellation.Cancel();
#pragma warning restore CA1849
            await context.WaitForExternalEvent<string>("End");
            return timer.Status.ToString();
        });
        await harness.StartAsync();
        Assert.NotNull(harness.Subject.NextTimer);
        await harness.RaiseAsync("Stop");
        Assert.Null(harness.Subject.NextTimer);
        await harness.RaiseAsync("End");
        Assert.Equal("\"Canceled\"", harness.Output());
    }

    [Fact]
    public async Task An_instance_scheduled_for_later_waits_with_its_events()
    {
        TurnHarness harness = new(async context => await context.WaitForExternalEvent<string>("Data") + context.CurrentUtcDateTime.Hour);
        DateTimeOffset startAt = harness.Now + TimeSpan.FromHours(2);
        await harness.TurnAsync(new StartInstance("Subject", null, null) { StartAt = startAt });
        await harness.RaiseAsync("Data", "early");
        Assert.Equal(OrchestrationRuntimeStatus.Pending, harness.Subject.Status);
        await harness.FireNextTimerAsync();
        Assert.Equal("\"early10\"", harness.Output());
    }

    [Fact]
    public async Task Attempts_are_spaced_by_the_policy()
    {
        RetryPolicy policy = new(4, TimeSpan.FromMinutes(1), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(5));
        TurnHarness harness = new(async context => await context.CallActivityAsync<string>("Try", TaskOptions.FromRetryPolicy(policy)));
        await harness.StartAsync();
        List<TimeSpan> pauses = [];
        for (int attempt = 1; attempt < 4; attempt++)
        {
            await harness.FailAsync("Try", new TimeoutException($"attempt {attempt}"));
            pauses.Add(harness.Subject.NextTimer!.Value - harness.Now);
            await harness.FireNextTimerAsync();
        }

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5)], pauses);
        await harness.FailAsync("Try", new TimeoutException("attempt 4"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, harness.Subject.Status);
        Assert.Equal("attempt 4", harness.Subject.Failure!.Inner!.Message);
    }

    [Fact]
    public async Task Attempts_end_with_the_policys_timeout()
    {
        RetryPolicy policy = new(100, TimeSpan.FromMinutes(10), retryTimeout: TimeSpan.FromMinutes(15));
        TurnHarness harness = new(async context => await context.CallActivityAsync<string>("Try", TaskOptions.FromRetryPolicy(policy)));
        await harness.StartAsync();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            await harness.FailAsync("Try", new TimeoutException());
            await harness.FireNextTimerAsync();
        }

        await harness.FailAsync("Try", new TimeoutException());
        Assert.Equal(OrchestrationRuntimeStatus.Failed, harness.Subject.Status);
    }

    [Fact]
    public async Task A_retry_handler_decides_by_the_failure()
    {
        RetryHandler handler = attempt => attempt.LastFailure.IsCausedBy<TimeoutException>() && attempt.LastAttemptNumber < 5;
        TurnHarness harness = new(async context => await context.CallActivityAsync<string>("Try", TaskOptions.FromRetryHandler(handler)));
        await harness.StartAsync();
        await harness.FailAsync("Try", new TimeoutException());
        Assert.Equal(OrchestrationRuntimeStatus.Running, harness.Subject.Status);
        await harness.FailAsync("Try", new FormatException("hopeless"));
        Assert.Equal("hopeless", harness.Subject.Failure!.Inner!.Message);
    }

    [Fact]
    public async Task Success_after_failures_is_the_result()
    {
        RetryPolicy policy = new(3, TimeSpan.FromSeconds(1));
        TurnHarness harness = new(async context => await context.CallActivityAsync<string>("Try", TaskOptions.FromRetryPolicy(policy)));
        await harness.StartAsync();
        await harness.FailAsync("Try", new TimeoutException());
        await harness.FireNextTimerAsync();
        await harness.CompleteAsync("Try", "done");
        Assert.Equal("\"done\"", harness.Output());
    }

    private static DateTime JsonDataConverterDate(string? text) => System.Text.Json.JsonSerializer.Deserialize<DateTime>(text!);
}
