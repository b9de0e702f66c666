using System.Collections.Concurrent;
using Microsoft.DurableTask;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.

namespace SocialCard.EndToEnd.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class ClockTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly TestHub hub = TestHub.On(fixture.Azurite);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Moving_the_clock_fires_what_falls_due_in_order_with_what_comes_up_on_the_way()
    {
        ConcurrentQueue<(string Id, DateTime At)> fired = new();
        hub.AddOrchestrator("Steps", async context =>
        {
            foreach (int days in context.GetInput<int[]>()!)
            {
                await context.CreateTimer(TimeSpan.FromDays(days), CancellationToken.None);
                await context.CallActivityAsync("Note", context.CurrentUtcDateTime);
            }

            return null;
        });
        hub.Functions.AddActivity("Note", (call, _) =>
        {
            fired.Enqueue((call.InstanceId, hub.Clock.GetUtcNow().UtcDateTime));
            return Task.FromResult<object?>(null);
        });
        TestEngine engine = await hub.StartAsync();
        DateTimeOffset start = hub.Clock.GetUtcNow();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Steps", new[] { 10, 10, 10 }, new StartOrchestrationOptions("a"));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Steps", new[] { 5, 20 }, new StartOrchestrationOptions("b"));
        int settles = 0;
        int count = await engine.AdvanceToAsync(start + TimeSpan.FromDays(300), () =>
        {
            settles++;
            return Task.CompletedTask;
        });

        Assert.Equal(5, count);
        Assert.Equal(["b", "a", "a", "b", "a"], fired.Select(note => note.Id));
        Assert.Equal([5, 10, 20, 25, 30], fired.Select(note => (int)Math.Round((note.At - start.UtcDateTime).TotalDays)));
        Assert.True(settles >= 6);
        Assert.InRange(hub.Clock.GetUtcNow(), start + TimeSpan.FromDays(300), start + TimeSpan.FromDays(300) + TestHub.Patience);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.AdvanceToAsync(start, null));
    }

    [Fact]
    public async Task A_timer_sees_exactly_the_instant_at_which_it_was_due()
    {
        hub.AddOrchestrator("Wait", async context =>
        {
            DateTime due = context.CurrentUtcDateTime.AddDays(300);
            await context.CreateTimer(due, CancellationToken.None);
            return context.CurrentUtcDateTime == due;
        });
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.AdvanceToAsync(hub.Clock.GetUtcNow() + TimeSpan.FromDays(301), null);
        Assert.Equal("true", (await TestHub.EndAsync(engine, id)).SerializedOutput);
    }

    [Fact]
    public async Task A_restart_goes_on_from_the_virtual_time()
    {
        hub.AddOrchestrator("Wait", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(20), CancellationToken.None);
            return null;
        });
        TestEngine first = await hub.StartAsync();
        DateTimeOffset start = hub.Clock.GetUtcNow();
        string id = await first.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        Assert.Equal(0, await first.AdvanceToAsync(start + TimeSpan.FromDays(15), null));
        await first.StopAsync();

        TestEngine second = await hub.StartAsync();
        Assert.InRange(hub.Clock.GetUtcNow(), start + TimeSpan.FromDays(15), start + TimeSpan.FromDays(15) + TestHub.Patience);
        Assert.Equal(1, await second.AdvanceToAsync(start + TimeSpan.FromDays(25), null));
        Assert.True((await TestHub.EndAsync(second, id)).IsCompleted);
    }

    [Fact]
    public async Task A_timer_that_fell_due_while_no_host_ran_fires_at_the_start()
    {
        hub.AddOrchestrator("Wait", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            return null;
        });
        TestEngine first = await hub.StartAsync();
        string id = await first.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await first.StopAsync();
        TestEngine second = await hub.StartAsync();
        Assert.True((await TestHub.EndAsync(second, id)).IsCompleted);
    }

    [Fact]
    public async Task An_instance_scheduled_for_later_starts_then()
    {
        hub.AddOrchestrator("Later", context => Task.FromResult<object?>(context.CurrentUtcDateTime));
        TestEngine engine = await hub.StartAsync();
        DateTimeOffset startAt = hub.Clock.GetUtcNow() + TimeSpan.FromDays(2);
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Later", new StartOrchestrationOptions("later", startAt));
        Assert.Equal(
            Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Pending, (await engine.Client.GetInstanceAsync(id))!.RuntimeStatus);
        Assert.Equal(1, await engine.AdvanceToAsync(startAt + TimeSpan.FromDays(1), null));
        Assert.Equal(startAt.UtcDateTime, (await TestHub.EndAsync(engine, id)).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task Timers_beyond_the_window_are_not_held_and_fire_nevertheless()
    {
        await using TestHub narrow = new(fixture.Azurite) { Options = hub.Options with { TimerWindow = TimeSpan.FromSeconds(2) } };
        narrow.AddOrchestrator("Wait", async context =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
            return null;
        });
        TestEngine engine = await narrow.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        Assert.True((await TestHub.EndAsync(engine, id)).IsCompleted);
    }

    [Fact]
    public async Task A_thousand_waiting_instances_with_five_timers_each_pass_300_days()
    {
        hub.AddOrchestrator("Stages", async context =>
        {
            DateTime received = context.GetInput<DateTime>();
            foreach (int day in new[] { 240, 270, 293, 299, 300 })
            {
                await context.CreateTimer(received.AddDays(day), CancellationToken.None);
            }

            return context.CurrentUtcDateTime;
        });
        TestEngine engine = await hub.StartAsync();
        DateTime received = hub.Clock.GetUtcNow().UtcDateTime;
        string[] ids = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(_ => engine.Client.ScheduleNewOrchestrationInstanceAsync("Stages", received)));
        Assert.Equal(5000, await engine.AdvanceToAsync(new DateTimeOffset(received) + TimeSpan.FromDays(301), null));
        Assert.Equal(received.AddDays(300), (await TestHub.EndAsync(engine, ids[0])).ReadOutputAs<DateTime>());
    }
}
