using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that these tests register by name.

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Timers: order, past ones, cancelled ones, starts at a time.</content>
public abstract partial class WorkflowSemanticsTests
{
    /// <summary>A queue of Azure Storage hides a message for whole seconds, rounded down.</summary>
    private static readonly TimeSpan Granularity = TimeSpan.FromSeconds(1);

    private static void AddTimers(DurableFunctions functions)
    {
        functions.AddOrchestrator("Alarms", async context =>
        {
            Dictionary<Task, int> alarms = [];
            DateTime began = context.CurrentUtcDateTime;
            foreach (int delay in new[] { 4000, -60_000, 2000 })
            {
                alarms.Add(context.CreateTimer(began.AddMilliseconds(delay), CancellationToken.None), delay);
            }

            List<int> fired = [];
            while (alarms.Count > 0)
            {
                Task next = await Task.WhenAny(alarms.Keys);
                fired.Add(alarms[next]);
                alarms.Remove(next);
                if (context.CurrentUtcDateTime < began.AddMilliseconds(fired[^1]) - Granularity)
                {
                    return "too early";
                }
            }

            return string.Join(' ', fired);
        });
        functions.AddOrchestrator("Race", async context =>
        {
            using CancellationTokenSource ended = new();
            Task alarm = context.CreateTimer(TimeSpan.FromDays(1), ended.Token);
            Task<string> data = context.WaitForExternalEvent<string>("Data");
            context.SetCustomStatus("waiting");
            Task first = await Task.WhenAny(alarm, data);
#pragma warning disable CA1849 // CancelAsync would leave the orchestrator's thread.
            ended.Cancel();
#pragma warning restore CA1849
            try
            {
                await alarm;
                return "not cancelled";
            }
            catch (TaskCanceledException)
            {
                return first == data ? await data + " " + await context.CallActivityAsync<string>("Echo", "first") : "alarm";
            }
        });
        functions.AddOrchestrator("Forgetful", context =>
        {
            _ = context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            _ = context.CallActivityAsync("Echo");
            return Task.FromResult<object?>("done");
        });
    }

    [Fact]
    public async Task Timers_fire_in_order_hardly_early_and_one_in_the_past_at_once() =>
        Assert.Equal("-60000 2000 4000", (await RunAsync("Alarms")).ReadOutputAs<string>());

    [Fact]
    public async Task A_cancelled_timer_holds_nothing_up()
    {
        string id = await StartAsync("Race");
        await WhenAtAsync(id, "waiting");
        await Client.RaiseEventAsync(id, "Data", "event");
        Assert.Equal("event first", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_an_instance_leaves_under_way_does_not_change_how_it_ended()
    {
        OrchestrationMetadata end = await RunAsync("Forgetful");
        Assert.Equal("done", end.ReadOutputAs<string>());
        Assert.Equal("done", (await EndAsync((await RunAsync("Forgetful")).InstanceId)).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Client.GetInstanceAsync(end.InstanceId))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_start_for_later_is_pending_until_then()
    {
        DateTimeOffset later = DateTimeOffset.UtcNow.AddSeconds(3);
        string id = await StartAsync("Quick", "late", new(NewId("later"), later));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await Client.GetInstanceAsync(id))!.RuntimeStatus);
        Assert.Equal("late", (await EndAsync(id)).ReadOutputAs<string>());
        Assert.InRange(DateTimeOffset.UtcNow, later - Granularity, DateTimeOffset.MaxValue);
    }
}
