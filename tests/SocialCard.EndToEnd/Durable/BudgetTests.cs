using Microsoft.DurableTask;
using SocialCard.Embedded.Storage;
using SocialCard.Functions.Workflows;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.

namespace SocialCard.EndToEnd.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class BudgetTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly TestHub hub = TestHub.On(fixture.Azurite);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_start_and_an_event_cost_one_operation_each()
    {
        hub.AddOrchestrator(
            "Wait", async context => await context.WaitForExternalEvent<string>("One") + await context.WaitForExternalEvent<string>("Two"));
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "warm up");
        Assert.Equal(1, await CountAsync(engine, async () => id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait")));
        Assert.Equal(1, await CountAsync(engine, () => engine.Client.RaiseEventAsync(id, "One", "a")));
        Assert.Equal(1, await CountAsync(engine, () => engine.Client.RaiseEventAsync(id, "Two", "b")));
        Assert.Equal(
            0, await CountAsync(engine, async () => Assert.Equal("ab", (await TestHub.EndAsync(engine, id)).ReadOutputAs<string>())));
        Assert.Equal(
            0,
            await CountAsync(engine, () => Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.RaiseEventAsync(id, "One"))));
    }

    [Fact]
    public async Task Saying_what_it_waits_for_costs_nothing()
    {
        hub.AddOrchestrator("Tell", async context =>
        {
            context.SetCustomStatus(new WorkflowStatus("one", null));
            await context.WaitForExternalEvent<string>("One");
            context.SetCustomStatus(new WorkflowStatus("two", null));
            await context.WaitForExternalEvent<string>("Two");
            return null;
        });
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Tell");
        Assert.Equal(1, await CountAsync(engine, async () => id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Tell")));
        Assert.Equal(1, await CountAsync(engine, () => engine.Client.RaiseEventAsync(id, "One")));
        Assert.Equal(
            "two", (await engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadCustomStatusAs<WorkflowStatus>()!.Reason);
    }

    [Fact]
    public async Task A_whole_instance_with_a_timer_an_event_and_an_activity_costs_at_most_four_operations()
    {
        hub.AddOrchestrator("Whole", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            string data = await context.WaitForExternalEvent<string>("Data");
            return await context.CallActivityAsync<string>("Use", data);
        });
        hub.AddActivity("Use", input => input);
        TestEngine engine = await hub.StartAsync();
        Assert.InRange(
            await CountAsync(engine, async () =>
            {
                string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Whole");
                await engine.Client.RaiseEventAsync(id, "Data", "x");
                await TestHub.EndAsync(engine, id);
            }),
            3,
            4);
    }

    [Fact]
    public async Task A_timer_costs_nothing_to_create_and_one_operation_to_fire()
    {
        hub.AddOrchestrator("Timers", async context =>
        {
            for (int day = 0; day < 5; day++)
            {
                await context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None);
            }

            return null;
        });
        TestEngine engine = await hub.StartAsync();
        Assert.Equal(1, await CountAsync(engine, () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Timers")));
        long before = hub.Operations[StorageOperation.Transaction];
        Assert.Equal(5, await engine.AdvanceToAsync(hub.Clock.GetUtcNow() + TimeSpan.FromDays(200), null));
        Assert.Equal(5, hub.Operations[StorageOperation.Transaction] - before);
    }

    [Fact]
    public async Task An_instance_that_is_not_in_memory_costs_one_read_more()
    {
        await using TestHub small = new(fixture.Azurite) { Options = hub.Options with { MaxLoadedInstances = 1 } };
        small.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Data"));
        TestEngine engine = await small.StartAsync();
        string first = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await TestHub.SettleAsync(engine);
        (long reads, long writes) = (small.Operations[StorageOperation.Get], small.Operations[StorageOperation.Update]);
        await engine.Client.RaiseEventAsync(first, "Data", "x");
        Assert.Equal((1, 1), (small.Operations[StorageOperation.Get] - reads, small.Operations[StorageOperation.Update] - writes));
    }

    [Fact]
    public async Task A_start_of_a_known_finished_instance_costs_one_operation()
    {
        hub.AddOrchestrator("Quick", _ => Task.FromResult<object?>(1));
        TestEngine engine = await hub.StartAsync();
        StartOrchestrationOptions options = new("quick");
        Assert.Equal(1, await CountAsync(engine, () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", options)));
        Assert.Equal(1, await CountAsync(engine, () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", options)));
    }

    private async Task<long> CountAsync(TestEngine engine, Func<Task> action)
    {
        await TestHub.SettleAsync(engine);
        long before = hub.Operations.Total;
        await action();
        await TestHub.SettleAsync(engine);
        return hub.Operations.Total - before;
    }
}
