using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that these tests register by name.

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Continue-as-new: what is carried over and what is not.</content>
public abstract partial class WorkflowSemanticsTests
{
    private static void AddContinuations(DurableFunctions functions)
    {
        functions.AddOrchestrator("Stages", async context =>
        {
            int stage = context.GetInput<int>();
            int number = await context.CallActivityAsync<int>("Double", stage);
            if (stage < 5)
            {
                context.ContinueAsNew(stage + 1);
                return "not the output";
            }

            return number;
        });
        functions.AddOrchestrator("Countdown", context =>
        {
            int left = context.GetInput<int>();
            if (left > 0)
            {
                context.ContinueAsNew(left - 1);
            }

            return Task.FromResult<object?>(left);
        });
        functions.AddOrchestrator("Carrier", async context =>
        {
            List<string> seen = context.GetInput<List<string>>() ?? [];
            context.SetCustomStatus($"{seen.Count} seen");
            seen.Add(await context.WaitForExternalEvent<string>("Data"));
            if (seen.Count < 4)
            {
                context.ContinueAsNew(seen);
                return null;
            }

            return seen;
        });
        functions.AddOrchestrator("Dropper", async context =>
        {
            if (context.GetInput<string>() is { } first)
            {
                context.SetCustomStatus("anew");
                return first + await context.WaitForExternalEvent<string>("Data");
            }

            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("Go");
            context.ContinueAsNew("anew ", preserveUnprocessedEvents: false);
            return null;
        });
        functions.AddOrchestrator("Leaver", async context =>
        {
            if (context.GetInput<bool>())
            {
                return await context.WaitForExternalEvent<string>("Data");
            }

            _ = context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            _ = context.CallActivityAsync<string>("Echo", "of the first execution");
            await context.CallActivityAsync<string>("Echo", "awaited");
            context.ContinueAsNew(true);
            return null;
        });
        functions.AddOrchestrator("StagedParent", async context => await context.CallSubOrchestratorAsync<int>("Stages", 1));
    }

    [Fact]
    public async Task An_instance_continues_as_new_with_its_next_input()
    {
        OrchestrationMetadata end = await RunAsync("Stages", 1);
        Assert.Equal(("10", "5"), (end.SerializedOutput, end.SerializedInput));
    }

    [Fact]
    public async Task Executions_that_follow_each_other_at_once_are_one_chain() =>
        Assert.Equal("0", (await RunAsync("Countdown", 50)).SerializedOutput);

    [Fact]
    public async Task Events_that_no_execution_has_taken_are_carried_to_the_next()
    {
        string id = await StartAsync("Carrier");
        foreach (string value in new[] { "a", "b", "c", "d" })
        {
            await Client.RaiseEventAsync(id, "Data", value);
        }

        OrchestrationMetadata end = await EndAsync(id);
        Assert.Equal(["a", "b", "c", "d"], end.ReadOutputAs<string[]>()!);
        Assert.Equal("3 seen", end.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Events_are_dropped_where_the_code_says_so()
    {
        string id = await StartAsync("Dropper");
        await WhenAtAsync(id, "waiting");
        await Client.SuspendInstanceAsync(id);
        await WhenAsync(id, OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync(id, "Data", "old");
        await Client.RaiseEventAsync(id, "Go");
        await Client.ResumeInstanceAsync(id);
        await WhenAtAsync(id, "anew");
        await Client.RaiseEventAsync(id, "Data", "new");
        Assert.Equal("anew new", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_an_earlier_execution_left_under_way_does_not_reach_the_next()
    {
        string id = await StartAsync("Leaver", false);
        await WhenAsync(id, instance => instance.SerializedInput == "true");
        await Client.RaiseEventAsync(id, "Data", "second");
        Assert.Equal("second", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_parent_waits_for_the_last_execution_of_a_child() =>
        Assert.Equal("10", (await RunAsync("StagedParent")).SerializedOutput);
}
