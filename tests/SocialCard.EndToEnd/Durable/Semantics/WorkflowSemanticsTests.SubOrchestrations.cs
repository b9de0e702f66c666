using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that these tests register by name.

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Sub-orchestrations: results, failures, retries, ids.</content>
public abstract partial class WorkflowSemanticsTests
{
    private static void AddSubOrchestrations(DurableFunctions functions)
    {
        functions.AddOrchestrator("Parent", async context =>
        {
            int[] results = await Task.WhenAll(
                Enumerable.Range(1, 20).Select(number => context.CallSubOrchestratorAsync<int>("Child", number)));
            try
            {
                await context.CallSubOrchestratorAsync("Child", -1);
            }
            catch (TaskFailedException failed)
            {
                return $"{results.Sum()} {failed.TaskName} {failed.FailureDetails.ErrorType} {failed.FailureDetails.ErrorMessage}";
            }

            return null;
        });
        functions.AddOrchestrator("Child", async context =>
        {
            int number = context.GetInput<int>();
            return number < 0 ? throw new ArgumentException("negative") : await context.CallActivityAsync<int>("Double", number);
        });
        functions.AddOrchestrator("NamingParent", async context =>
            await context.CallSubOrchestratorAsync<string>(
                "NamedChild", "x", new SubOrchestrationOptions(instanceId: context.GetInput<string>())));
        functions.AddOrchestrator("NamedChild", context => Task.FromResult<object?>(
            $"{context.GetInput<string>()} {context.InstanceId} {context.Parent?.Name} {context.Parent?.InstanceId}"));
        functions.AddOrchestrator("PersistentParent", async context => await context.CallSubOrchestratorAsync<string>(
            "FlakyChild", context.NewGuid(), TaskOptions.FromRetryPolicy(new(3, TimeSpan.FromMilliseconds(10)))));
        functions.AddOrchestrator(
            "FlakyChild", context => Attempts.AddOrUpdate(context.GetInput<string>()!, 1, (_, earlier) => earlier + 1) < 2
            ? throw new TimeoutException("once") : Task.FromResult<object?>("twice"));
        functions.AddOrchestrator("WaitingParent", async context => await context.CallSubOrchestratorAsync<string>(
            "Wait", null, new SubOrchestrationOptions(instanceId: context.InstanceId + "-child")));
    }

    [Fact]
    public async Task Sub_orchestrations_run_report_and_fail() =>
        Assert.Equal("420 Child System.ArgumentException negative", (await RunAsync("Parent")).ReadOutputAs<string>());

    [Fact]
    public async Task A_sub_orchestration_has_the_id_that_it_was_given_and_knows_its_parent()
    {
        string child = NewId("child");
        string parent = await StartAsync("NamingParent", child);
        Assert.Equal($"x {child} NamingParent {parent}", (await EndAsync(parent)).ReadOutputAs<string>());
        Assert.Equal(
            (OrchestrationRuntimeStatus.Completed, "NamedChild"),
            ((await Client.GetInstanceAsync(child))!.RuntimeStatus, (await EndAsync(child)).Name));
    }

    [Fact]
    public async Task A_sub_orchestration_that_has_ended_runs_again_under_its_id()
    {
        string child = NewId("child");
        await EndAsync(await StartAsync("NamingParent", child));
        string second = await StartAsync("NamingParent", child);
        Assert.Equal($"x {child} NamingParent {second}", (await EndAsync(second)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failing_sub_orchestration_is_retried() =>
        Assert.Equal("twice", (await RunAsync("PersistentParent")).ReadOutputAs<string>());

    [Fact]
    public async Task A_parent_that_is_terminated_leaves_its_child_alone()
    {
        string parent = await StartAsync("WaitingParent");
        await WhenAtAsync(parent + "-child", "waiting");
        await Client.TerminateInstanceAsync(parent, "enough");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(parent)).RuntimeStatus);
        await Client.RaiseEventAsync(parent + "-child", "Data", "alone");
        Assert.Equal("alone", (await EndAsync(parent + "-child")).ReadOutputAs<string>());
        Assert.Equal("enough", (await EndAsync(parent)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_parent_hears_of_a_child_that_was_terminated()
    {
        string parent = await StartAsync("WaitingParent");
        await WhenAtAsync(parent + "-child", "waiting");
        await Client.TerminateInstanceAsync(parent + "-child", "enough");
        OrchestrationMetadata end = await EndAsync(parent);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
    }
}
