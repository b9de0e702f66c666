using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.

namespace SocialCard.EndToEnd.Durable;

/// <summary>What only the provider for one machine promises: its rows, its memory, its restarts.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class EngineTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly TestHub hub = TestHub.On(fixture.Azurite);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Work_that_is_done_leaves_no_rows_and_a_purge_leaves_none_at_all()
    {
        hub.AddOrchestrator("Parent", async context =>
        {
            Task[] timers =
                [.. Enumerable.Range(0, 150).Select(_ => context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None))];
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number => context.CallSubOrchestratorAsync("Child", number)));
            await Task.WhenAll(timers);
            context.SendEvent("nobody", "Data", "lost");
            return null;
        });
        hub.AddOrchestrator("Child", async context => await context.CallActivityAsync<int>("Echo", context.GetInput<int>()));
        hub.AddActivity("Echo", input => int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture));
        TestEngine engine = await hub.StartAsync();
        await TestHub.EndAsync(engine, await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent"));
        await TestHub.SettleAsync(engine);
        Assert.All(await hub.RowsAsync(), row => Assert.Matches("^[ih]", row));

        Assert.Equal(21, (await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.Empty(await hub.RowsAsync());
    }

    [Fact]
    public async Task After_a_restart_the_storage_says_which_instances_exist()
    {
        hub.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Data"));
        StartOrchestrationOptions options = new("one");
        TestEngine first = await hub.StartAsync();
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options);
        await first.StopAsync();

        TestEngine second = await hub.StartAsync();
        InvalidOperationException taken = await Assert.ThrowsAnyAsync<InvalidOperationException>(
            () => second.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options));
        Assert.Contains("'one' already exists and is Running", taken.Message, StringComparison.Ordinal);
        await second.Client.RaiseEventAsync("one", "Data", "x");
        await TestHub.EndAsync(second, "one");
        await second.StopAsync();

        TestEngine third = await hub.StartAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => third.Client.RaiseEventAsync("one", "Data"));
        await third.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await third.Client.GetInstanceAsync("one"))!.RuntimeStatus);
    }

    [Fact]
    public async Task Events_at_the_same_time_share_turns_and_none_is_lost()
    {
        hub.AddOrchestrator("Collect", async context =>
        {
            HashSet<int> seen = [];
            while (seen.Count < 300)
            {
                seen.Add(await context.WaitForExternalEvent<int>("Value"));
            }

            return seen.Count;
        });
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Collect");
        long before = hub.Operations.Total;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(value => engine.Client.RaiseEventAsync(id, "value", value)));
        Assert.Equal("300", (await TestHub.EndAsync(engine, id)).SerializedOutput);
        Assert.InRange(hub.Operations.Total - before, 1, 100);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(1_200_000)]
    public async Task Payloads_of_any_size_survive_a_restart(int length)
    {
        string payload = string.Concat(Enumerable.Repeat("a card, 社保卡, \"𠮷\" \\ and a hundred more letters of plain text", length / 60));
        hub.AddOrchestrator("Large", async context =>
        {
            string input = context.GetInput<string>()!;
            string echo = await context.CallActivityAsync<string>("Echo", input);
            string raised = await context.WaitForExternalEvent<string>("Data");
            return input == echo && echo == raised ? raised : "different";
        });
        hub.Functions.AddActivity(
            "Echo", (call, _) => Task.FromResult<object?>(System.Text.Json.JsonSerializer.Deserialize<string>(call.Input!)));
        TestEngine first = await hub.StartAsync();
        string id = await first.Client.ScheduleNewOrchestrationInstanceAsync("Large", payload);
        await TestHub.SettleAsync(first);
        await first.StopAsync();

        TestEngine second = await hub.StartAsync();
        await second.Client.RaiseEventAsync(id, "Data", payload);
        OrchestrationMetadata end = await TestHub.EndAsync(second, id);
        Assert.True(end.ReadOutputAs<string>() == payload);
        await second.StopAsync();

        TestEngine third = await hub.StartAsync();
        OrchestrationMetadata read = (await third.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!;
        Assert.True(read.ReadInputAs<string>() == payload && read.ReadOutputAs<string>() == payload);
        Assert.Equal(1, (await third.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        Assert.Empty(await hub.RowsAsync());
    }

    [Fact]
    public async Task An_id_too_long_for_the_storage_is_refused_to_clients_and_parents()
    {
        string tooLong = new('x', 600);
        hub.AddOrchestrator("Quick", _ => Task.FromResult<object?>(1));
        hub.AddOrchestrator("Parent", async context =>
        {
            context.SendEvent(tooLong, "Data", "lost");
            return await context.CallSubOrchestratorAsync<int>("Quick", null, new SubOrchestrationOptions(instanceId: tooLong));
        });
        TestEngine engine = await hub.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions(tooLong)));
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        Assert.Contains(
            "may not be as long",
            (await TestHub.EndAsync(engine, id)).FailureDetails!.InnerFailure!.ErrorMessage,
            StringComparison.Ordinal);
        await TestHub.SettleAsync(engine);
    }

    [Fact]
    public async Task Activities_run_at_the_same_time_up_to_the_bound()
    {
        await using TestHub narrow = new(fixture.Azurite) { Options = hub.Options with { MaxConcurrentActivities = 3 } };
        ConcurrentBag<int> together = [];
        int running = 0;
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        narrow.AddOrchestrator("Fan", async context =>
        {
            await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => context.CallActivityAsync("Count")));
            return null;
        });
        narrow.Functions.AddActivity("Count", async (_, _) =>
        {
            int now = Interlocked.Increment(ref running);
            together.Add(now);
            if (now == 3)
            {
                full.TrySetResult();
            }

            await full.Task.WaitAsync(TestHub.Patience, CancellationToken.None);
            Interlocked.Decrement(ref running);
            return null;
        });
        TestEngine engine = await narrow.StartAsync();
        await TestHub.EndAsync(engine, await engine.Client.ScheduleNewOrchestrationInstanceAsync("Fan"));
        Assert.Equal(3, together.Max());
    }

    [Fact]
    public async Task Instances_that_only_wait_leave_memory()
    {
        await using TestHub small = new(fixture.Azurite) { Options = hub.Options with { MaxLoadedInstances = 10 } };
        small.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Data"));
        TestEngine engine = await small.StartAsync();
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait")));
        await TestHub.SettleAsync(engine);
        Assert.InRange(engine.InstancesInMemory, 1, 10);
        await Task.WhenAll(ids.Select(id => engine.Client.RaiseEventAsync(id, "Data", id)));
        foreach (string id in ids)
        {
            Assert.Equal(id, (await TestHub.EndAsync(engine, id)).ReadOutputAs<string>());
        }
    }
}
