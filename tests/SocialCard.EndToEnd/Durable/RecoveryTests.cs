using System.Collections.Concurrent;
using Azure;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.

namespace SocialCard.EndToEnd.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class RecoveryTests(AzuriteFixture fixture)
{
    // More requests than the story has: the last cuts fall behind its end.
    private const int MaxRequests = 200;

    [Theory]
    [InlineData(Cut.BeforeRequest)]
    [InlineData(Cut.BeforeAnswer)]
    public async Task Wherever_the_process_dies_the_next_one_goes_on_and_every_transition_happens_once(Cut cut)
    {
        bool survived = false;
        int request = 1;
        for (; !survived && request <= MaxRequests; request++)
        {
            await using TestHub hub = new(fixture.Azurite);
            Story story = new(hub);
            StorageFault fault = new() { From = request, Cut = cut };
            survived = await Story.PlayUntilAsync(hub.Create(fault), fault.Struck);

            TestEngine next = await hub.StartAsync();
            await Story.PlayAsync(next, CancellationToken.None).WaitAsync(TestHub.Patience);
            await TestHub.SettleAsync(next);
            await story.VerifyAsync(next);
        }

        Assert.True(survived, $"The story needs more than {MaxRequests} requests.");
        Assert.InRange(request, 15, MaxRequests);
    }

    [Fact]
    public async Task Whichever_answer_is_lost_the_repeated_request_is_recognised_as_done()
    {
        Task answered = Task.CompletedTask;
        for (int request = 1; answered.IsCompleted; request++)
        {
            Assert.InRange(request, 1, MaxRequests);
            await using TestHub hub = new(fixture.Azurite);
            Story story = new(hub);
            StorageFault fault = new() { From = request, Cut = Cut.BeforeAnswer, Once = true };
            TestEngine engine = await hub.StartAsync(fault);
            await Story.PlayAsync(engine, CancellationToken.None).WaitAsync(TestHub.Patience);
            await TestHub.SettleAsync(engine);
            await story.VerifyAsync(engine);
            Assert.Equal(1, (await engine.Client.PurgeInstanceAsync("main")).PurgedInstanceCount);
            Assert.All(story.Runs, runs => Assert.Equal(runs.Key == "Begin" ? 2 : 1, runs.Value));
            await engine.StopAsync();
            answered = fault.Struck;
        }
    }

    [Fact]
    public async Task An_outage_fails_the_callers_and_loses_nothing_that_was_acknowledged()
    {
        await using TestHub hub = new(fixture.Azurite);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int runs = 0;
        hub.AddOrchestrator("Work", async context =>
        {
            string result = await context.CallActivityAsync<string>("Slow");
            return result + await context.WaitForExternalEvent<string>("Data");
        });
        hub.Functions.AddActivity("Slow", async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            called.TrySetResult();
            await release.Task.WaitAsync(TestHub.Patience, CancellationToken.None);
            return "slow ";
        });
        StorageFault fault = new();
        TestEngine engine = await hub.StartAsync(fault);
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Work");
        await engine.Client.RaiseEventAsync(id, "Other", "acknowledged");
        await called.Task.WaitAsync(TestHub.Patience);

        fault.Outage = true;
        await Assert.ThrowsAsync<RequestFailedException>(() => engine.Client.RaiseEventAsync(id, "Data", "lost"));
        await Assert.ThrowsAsync<RequestFailedException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync("Work"));
        release.SetResult();
        fault.Outage = false;

        await engine.Client.RaiseEventAsync(id, "Data", "kept");
        Assert.Equal("slow kept", (await TestHub.EndAsync(engine, id)).ReadOutputAs<string>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_stop_ends_those_who_wait()
    {
        await using TestHub hub = new(fixture.Azurite);
        hub.AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Data"));
        TestEngine engine = await hub.StartAsync();
        string id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        Task waiting = engine.Client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
        await engine.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TestHub.Patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Client.RaiseEventAsync(id, "Data"));
    }

    [Fact]
    public async Task Activities_that_a_stop_interrupts_run_again()
    {
        await using TestHub hub = new(fixture.Azurite);
        TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int runs = 0;
        hub.AddOrchestrator("Work", async context => await context.CallActivityAsync<int>("Slow"));
        hub.Functions.AddActivity("Slow", async (_, stopping) =>
        {
            int run = Interlocked.Increment(ref runs);
            called.TrySetResult();
            if (run == 1)
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }

            return run;
        });
        TestEngine first = await hub.StartAsync();
        string id = await first.Client.ScheduleNewOrchestrationInstanceAsync("Work");
        await called.Task.WaitAsync(TestHub.Patience);
        await first.StopAsync();
        TestEngine second = await hub.StartAsync();
        Assert.Equal("2", (await TestHub.EndAsync(second, id)).SerializedOutput);
    }

    /// <summary>One main instance that does everything an instance can do, and a ledger that counts what reaches it.</summary>
    private sealed class Story
    {
        private static readonly string[] Activities = ["Begin", "Square", "Finish"];

        private readonly ConcurrentDictionary<string, int> effects = new();

        /// <summary>How often each activity has run.</summary>
        public IReadOnlyDictionary<string, int> Runs => effects;

        public Story(TestHub hub)
        {
            hub.AddOrchestrator("Main", async context =>
            {
                int round = context.GetInput<int>();
                int number = await context.CallActivityAsync<int>("Begin", round);
                await context.CreateTimer(TimeSpan.FromMilliseconds(2), CancellationToken.None);
                if (round == 0)
                {
                    await context.WaitForExternalEvent<string>("Go");
                    context.SendEvent("ledger", "Entry", "first round");
                    context.ContinueAsNew(1);
                    return null;
                }

                int square = await context.CallSubOrchestratorAsync<int>(
                    "Child", number + 6, new SubOrchestrationOptions(instanceId: "child"));
                context.SendEvent("ledger", "Entry", "second round");
                await context.CallActivityAsync("Finish", square);
                return square;
            });
            hub.AddOrchestrator("Child", async context => await context.CallActivityAsync<int>("Square", context.GetInput<int>()));
            hub.AddOrchestrator("Ledger", async context =>
            {
                List<string> entries = [];
                Task closed = context.WaitForExternalEvent<string>("Close");
                while (true)
                {
                    Task<string> entry = context.WaitForExternalEvent<string>("Entry");
                    if (await Task.WhenAny(entry, closed) == closed)
                    {
                        return entries;
                    }

                    entries.Add(await entry);
                    context.SetCustomStatus(entries.Count);
                }
            });
            foreach (string activity in Activities)
            {
                hub.AddActivity(activity, input =>
                {
                    effects.AddOrUpdate(activity, 1, (_, count) => count + 1);
                    int number = int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture);
                    return number * number;
                });
            }
        }

        /// <summary>Plays until the storage is cut, and then lets go of the engine as it is.</summary>
        /// <returns>Whether the story came to its end before the cut.</returns>
        public static async Task<bool> PlayUntilAsync(TestEngine engine, Task struck)
        {
            using CancellationTokenSource abandoned = new();
            Task play = StartAndPlayAsync(engine, abandoned.Token);
            bool ended = await Task.WhenAny(play, struck).WaitAsync(TestHub.Patience) == play && play.IsCompletedSuccessfully;
            await abandoned.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => ended ? Task.FromException(new OperationCanceledException()) : play);
            await engine.DisposeAsync();
            return ended;
        }

        public static async Task PlayAsync(TestEngine engine, CancellationToken abandoned)
        {
            await EnsureStartedAsync(engine, "Ledger", "ledger", abandoned);
            await EnsureStartedAsync(engine, "Main", "main", abandoned);
            try
            {
                await engine.Client.RaiseEventAsync("main", "Go", "go", abandoned);
            }
            catch (InvalidOperationException)
            {
                // Its first event had been stored, so that it has come to its end meanwhile.
                Assert.True((await engine.Client.GetInstanceAsync("main", abandoned))!.IsCompleted);
            }

            await engine.Client.WaitForInstanceCompletionAsync("main", abandoned);
        }

        public async Task VerifyAsync(TestEngine engine)
        {
            OrchestrationMetadata main = await TestHub.EndAsync(engine, "main");
            Assert.Equal((OrchestrationRuntimeStatus.Completed, "49"), (main.RuntimeStatus, main.SerializedOutput));
            await engine.Client.RaiseEventAsync("ledger", "Close", "close");
            OrchestrationMetadata ledger = await TestHub.EndAsync(engine, "ledger");
            Assert.Equal(["first round", "second round"], ledger.ReadOutputAs<string[]>()!);
            Assert.All(Activities, activity => Assert.InRange(effects.GetValueOrDefault(activity), 1, 6));
        }

        private static async Task EnsureStartedAsync(TestEngine engine, string name, string id, CancellationToken abandoned)
        {
            if (await engine.Client.GetInstanceAsync(id, abandoned) is null)
            {
                await engine.Client.ScheduleNewOrchestrationInstanceAsync(name, 0, new StartOrchestrationOptions(id), abandoned);
            }
        }

        private static async Task StartAndPlayAsync(TestEngine engine, CancellationToken abandoned)
        {
            await engine.StartAsync().WaitAsync(abandoned);
            await PlayAsync(engine, abandoned);
            await engine.WhenSettledAsync(abandoned);
        }
    }
}
