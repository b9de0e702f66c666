using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Events: early, out of order, many, to nobody, to one who is suspended.</content>
public abstract partial class WorkflowSemanticsTests
{
    private static void AddEvents(DurableFunctions functions)
    {
        functions.AddOrchestrator("Wait", async context =>
        {
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("Data");
        });
        functions.AddOrchestrator("InOrder", async context =>
        {
            List<string> seen = [];
            await context.WaitForExternalEvent<object?>("Go");
            foreach (string name in new[] { "Third", "first", "SECOND", "First" })
            {
                seen.Add(await context.WaitForExternalEvent<string>(name));
            }

            return seen;
        });
        functions.AddOrchestrator("Waiters", async context =>
        {
            Task<string>[] waiters = [.. Enumerable.Range(0, 3).Select(_ => context.WaitForExternalEvent<string>("Data"))];
            context.SetCustomStatus("waiting");
            return await Task.WhenAll(waiters);
        });
        functions.AddOrchestrator("Collect", async context =>
        {
            int expected = context.GetInput<int>();
            List<int> seen = [];
            context.SetCustomStatus("waiting");
            while (seen.Count < expected)
            {
                seen.Add(await context.WaitForExternalEvent<int>("Value"));
            }

            return seen;
        });
        functions.AddOrchestrator("Impatient", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Data", TimeSpan.FromMilliseconds(context.GetInput<int>()));
            }
            catch (TaskCanceledException)
            {
                context.SetCustomStatus("given up");
                return await context.WaitForExternalEvent<string>("Data") + " after all";
            }
        });
        functions.AddOrchestrator("Sender", context =>
        {
            context.SendEvent(context.GetInput<string>()!, "Data", "hello");
            context.SendEvent("nobody-of-" + context.InstanceId, "Data", "lost");
            return Task.FromResult<object?>("sent");
        });
    }

    [Fact]
    public async Task Events_are_kept_until_the_code_waits_for_them_in_whatever_order_and_case()
    {
        string id = await StartAsync("InOrder");
        foreach ((string name, string value) in new[] { ("first", "1"), ("Second", "2"), ("FIRST", "1 again"), ("Third", "3"), ("Go", "") })
        {
            await Client.RaiseEventAsync(id, name, value);
        }

        Assert.Equal(["3", "1", "2", "1 again"], (await EndAsync(id)).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task Several_waits_for_one_name_are_served_one_event_each()
    {
        string id = await StartAsync("Waiters");
        await WhenAtAsync(id, "waiting");
        foreach (string value in new[] { "a", "b", "c" })
        {
            await Client.RaiseEventAsync(id, "Data", value);
        }

        Assert.Equal(["a", "b", "c"], (await EndAsync(id)).ReadOutputAs<string[]>()!.Order());
    }

    [Fact]
    public async Task Events_of_one_sender_keep_their_order()
    {
        string id = await StartAsync("Collect", 20);
        for (int value = 0; value < 20; value++)
        {
            await Client.RaiseEventAsync(id, "Value", value);
        }

        Assert.Equal(Enumerable.Range(0, 20), (await EndAsync(id)).ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task One_turn_can_take_150_events()
    {
        string id = await StartAsync("Collect", 150);
        await WhenAtAsync(id, "waiting");
        await Client.SuspendInstanceAsync(id);
        await WhenAsync(id, OrchestrationRuntimeStatus.Suspended);
        await Task.WhenAll(Enumerable.Range(0, 150).Select(value => Client.RaiseEventAsync(id, "value", value)));
        await Client.ResumeInstanceAsync(id);
        Assert.Equal(Enumerable.Range(0, 150), (await EndAsync(id)).ReadOutputAs<int[]>()!.Order());
    }

    [Fact]
    public async Task A_wait_can_be_given_up_and_taken_up_again()
    {
        string early = await StartAsync("Impatient", 60_000);
        await Client.RaiseEventAsync(early, "Data", "early");
        string late = await StartAsync("Impatient", 100);
        await WhenAtAsync(late, "given up");
        await Client.RaiseEventAsync(late, "Data", "late");
        Assert.Equal("early", (await EndAsync(early)).ReadOutputAs<string>());
        Assert.Equal("late after all", (await EndAsync(late)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_instance_sends_events_to_others_and_a_missing_one_does_no_harm()
    {
        string receiver = await StartAsync("Wait");
        string sender = await StartAsync("Sender", receiver);
        Assert.Equal("hello", (await EndAsync(receiver)).ReadOutputAs<string>());
        Assert.Equal("sent", (await EndAsync(sender)).ReadOutputAs<string>());
        Assert.Null(await Client.GetInstanceAsync("nobody-of-" + sender));
    }

    [Fact]
    public async Task An_event_to_an_instance_that_does_not_exist_or_has_ended_is_refused()
    {
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Client.RaiseEventAsync(NewId("nobody"), "Data"));
        string id = await StartAsync("Wait");
        await Client.RaiseEventAsync(id, "Data", "x");
        await EndAsync(id);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Client.RaiseEventAsync(id, "Data", "y"));
        Assert.Equal("x", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Suspending_holds_an_instance_and_resuming_lets_it_go_on()
    {
        string id = await StartAsync("Wait");
        await WhenAtAsync(id, "waiting");
        await Client.SuspendInstanceAsync(id, "stocktaking");
        await WhenAsync(id, OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync(id, "Data", "kept");
        await Client.SuspendInstanceAsync(id, "and again");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await Client.GetInstanceAsync(id))!.RuntimeStatus);
        await Client.ResumeInstanceAsync(id);
        Assert.Equal("kept", (await EndAsync(id)).ReadOutputAs<string>());
    }
}
