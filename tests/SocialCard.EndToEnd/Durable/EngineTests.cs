#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.
using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace SocialCard.EndToEnd.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class EngineTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly TestHub hub = TestHub.On(fixture.Azurite);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task An_instance_calls_activities_and_returns_their_results()
    {
        hub.AddOrchestrator("Greet", async context =>
        {
            Task<string>[] greetings = [.. context.GetInput<string[]>()!.Select(name => context.CallActivityAsync<string>("Hello", name))];
            return await Task.WhenAll(greetings);
        });
        hub.AddActivity("Hello", input => $"Hello {input}");
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("greet", new[] { "a", "b" });
        OrchestrationMetadata end = await TestHub.EndAsync(engine, id);
        Assert.Equal(["Hello \"a\"", "Hello \"b\""], end.ReadOutputAs<string[]>()!);
        Assert.Equal("""["a","b"]""", end.SerializedInput);
    }

    [Fact]
    public async Task A_failing_and_an_unknown_activity_are_caught_by_the_code()
    {
        hub.AddOrchestrator("Careful", async context =>
        {
            List<string> failures = [];
            foreach (string activity in new[] { "Broken", "Missing" })
            {
                try
                {
                    await context.CallActivityAsync(activity);
                }
                catch (TaskFailedException failed)
                {
                    failures.Add($"{failed.TaskName}: {failed.FailureDetails.ErrorMessage}");
                }
            }

            return failures;
        });
        hub.AddActivity("Broken", _ => throw new FormatException("out of order"));
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Careful");
        Assert.Equal(
            ["Broken: out of order", "Missing: There is no activity named 'Missing' in this host."],
            (await TestHub.EndAsync(engine, id)).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task One_turn_can_call_150_activities_and_150_timers()
    {
        hub.AddOrchestrator("Wide", async context =>
        {
            Task[] timers = [.. Enumerable.Range(0, 150).Select(_ => context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None))];
            Task<int>[] calls = [.. Enumerable.Range(0, 150).Select(number => context.CallActivityAsync<int>("Double", number))];
            await Task.WhenAll(timers);
            return (await Task.WhenAll(calls)).Sum();
        });
        hub.AddActivity("Double", input => 2 * int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture));
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wide");
        Assert.Equal("22350", (await TestHub.EndAsync(engine, id)).SerializedOutput);
        await TestHub.SettleAsync(engine);
        Assert.All(await hub.RowsAsync(), row => Assert.Matches("^[ih]", row));
    }

    [Fact]
    public async Task Events_at_the_same_time_share_turns_and_none_is_lost()
    {
        hub.AddOrchestrator("Collect", async context =>
        {
            HashSet<int> seen = [];
            while (seen.Count < 300)
                seen.Add(await context.WaitForExternalEvent<int>("Value"));
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
        hub.Functions.AddActivity("Echo", (call, _) => Task.FromResult<object?>(System.Text.Json.JsonSerializer.Deserialize<string>(call.Input!)));
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
    public async Task Sub_orchestrations_run_report_and_fail()
    {
        hub.AddOrchestrator("Parent", async context =>
        {
            int[] results = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => context.CallSubOrchestratorAsync<int>("Child", number)));
            try
            {
                await context.CallSubOrchestratorAsync("Child", -1);
            }
            catch (TaskFailedException failed)
            {
                return $"{results.Sum()} {failed.FailureDetails.ErrorMessage}";
            }

            return null;
        });
        hub.AddOrchestrator("Child", async context =>
        {
            int number = context.GetInput<int>();
            if (number < 0)
                throw new ArgumentException("negative");
            return await context.CallActivityAsync<int>("Square", number);
        });
        hub.AddActivity("Square", input => int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture) is var number ? number * number : 0);
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("family-1"));
        Assert.Equal("2870 negative", (await TestHub.EndAsync(engine, id)).ReadOutputAs<string>());

        await TestHub.SettleAsync(engine);
        Assert.Equal(22, (await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.Empty(await hub.RowsAsync());
    }

    [Fact]
    public async Task An_instance_sends_events_to_others_and_a_missing_one_does_no_harm()
    {
        hub.AddOrchestrator("Sender", context =>
        {
            context.SendEvent("receiver", "Data", "hello");
            context.SendEvent("nobody", "Data", "lost");
            return Task.FromResult<object?>(null);
        });
        hub.AddOrchestrator("Receiver", async context => await context.WaitForExternalEvent<string>("Data"));
        TestEngine engine = await hub.StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Receiver", new StartOrchestrationOptions("receiver"));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Sender", new StartOrchestrationOptions("sender"));
        Assert.Equal("\"hello\"", (await TestHub.EndAsync(engine, "receiver")).SerializedOutput);
        await TestHub.SettleAsync(engine);
        Assert.Equal(["i|receiver", "i|sender"], (await hub.RowsAsync()).Order());
    }

    [Fact]
    public async Task Suspending_holds_an_instance_and_resuming_lets_it_go_on()
    {
        hub.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Data"));
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.Client.SuspendInstanceAsync(id, "stocktaking");
        await engine.Client.RaiseEventAsync(id, "Data", "kept");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await engine.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await engine.Client.ResumeInstanceAsync(id);
        Assert.Equal("\"kept\"", (await TestHub.EndAsync(engine, id)).SerializedOutput);
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_with_the_reason()
    {
        hub.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Data"));
        TestEngine engine = await hub.StartAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => engine.Client.RaiseEventAsync("nobody", "Data"));
        StartOrchestrationOptions options = new("one");
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options);
        InvalidOperationException taken = await Assert.ThrowsAnyAsync<InvalidOperationException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options));
        Assert.Contains("'one' already exists and is Running", taken.Message, StringComparison.Ordinal);
        await engine.StopAsync();

        // Nothing in memory says that it exists: the storage does.
        TestEngine second = await hub.StartAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => second.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options));
        await second.Client.RaiseEventAsync("one", "Data", "x");
        await TestHub.EndAsync(second, "one");
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => second.Client.RaiseEventAsync("one", "Data"));
        await second.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await second.Client.GetInstanceAsync("one"))!.RuntimeStatus);
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
        Assert.Contains("may not be as long", (await TestHub.EndAsync(engine, id)).FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
        await TestHub.SettleAsync(engine);
    }

    [Fact]
    public async Task Instances_are_found_by_state_time_and_prefix_in_pages()
    {
        hub.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Data"));
        hub.AddOrchestrator("Fail", _ => throw new FormatException("broken"));
        TestEngine engine = await hub.StartAsync();
        for (int number = 0; number < 30; number++)
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", number, new StartOrchestrationOptions($"wait-{number}"));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Fail", new StartOrchestrationOptions("fail/1"));

        List<OrchestrationMetadata> running = await ListAsync(new(Statuses: [OrchestrationRuntimeStatus.Running], PageSize: 2));
        Assert.Equal(30, running.Count);
        Assert.All(running, instance => Assert.Null(instance.SerializedInput));
        Assert.Equal(11, (await ListAsync(new(InstanceIdPrefix: "wait-1"))).Count);
        OrchestrationMetadata failed = Assert.Single(await ListAsync(new(InstanceIdPrefix: "fail/")));
        Assert.Equal("broken", failed.FailureDetails!.ErrorMessage);
        Assert.Equal(31, (await ListAsync(new(CreatedFrom: DateTimeOffset.UnixEpoch, FetchInputsAndOutputs: true))).Count);
        Assert.Empty(await ListAsync(new(CreatedTo: DateTimeOffset.UnixEpoch)));

        Assert.Equal(1, (await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.Equal(30, (await ListAsync(new())).Count);

        async Task<List<OrchestrationMetadata>> ListAsync(OrchestrationQuery query)
        {
            List<OrchestrationMetadata> found = [];
            await foreach (OrchestrationMetadata instance in engine.Client.GetAllInstancesAsync(query))
                found.Add(instance);
            return found;
        }
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
                full.TrySetResult();
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
            Assert.Equal(id, (await TestHub.EndAsync(engine, id)).ReadOutputAs<string>());
    }
}
