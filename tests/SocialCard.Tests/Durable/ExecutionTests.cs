#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Durable;

namespace SocialCard.Tests.Durable;

public sealed class ExecutionTests
{
    private static readonly ParentReference Parent = new("parent-1", "Parent", Guid.NewGuid(), 3);

    [Fact]
    public async Task Continuing_as_new_starts_a_fresh_history_with_the_events_nobody_took()
    {
        TurnHarness harness = new(async context =>
        {
            int round = context.GetInput<int>();
            string data = await context.WaitForExternalEvent<string>("Data");
            if (round < 2)
            {
                context.ContinueAsNew(round + 1);
                return null;
            }

            return $"{round}:{data}";
        });
        await harness.StartAsync(0);
        Guid first = harness.Subject.Start.ExecutionId;
        await harness.TurnAsync(new RaiseEvent("Data", "\"a\""), new RaiseEvent("Other", "\"x\""), new RaiseEvent("Data", "\"b\""), new RaiseEvent("Data", "\"c\""));

        Assert.Equal("\"2:c\"", harness.Output());
        Assert.Equal(3, harness.Subject.Execution);
        Assert.NotEqual(first, harness.Subject.Start.ExecutionId);
        Assert.Equal(["Other", "Data"], harness.Subject.History.OfType<EventRaised>().Select(raised => raised.Name));
    }

    [Fact]
    public async Task Continuing_as_new_drops_the_events_if_asked_and_takes_another_version()
    {
        TurnHarness harness = new(async context =>
        {
            if (context.Version == "2.0")
                return await context.WaitForExternalEvent<string>("Data");
            await context.WaitForExternalEvent<string>("Go");
            context.ContinueAsNew(new ContinueAsNewOptions { PreserveUnprocessedEvents = false, NewVersion = "2.0" });
            return null;
        });
        await harness.StartAsync();
        await harness.RaiseAsync("Data", "dropped");
        await harness.RaiseAsync("Go");
        Assert.Equal(OrchestrationRuntimeStatus.Running, harness.Subject.Status);
        Assert.Equal("2.0", harness.Subject.Start.Version);
        await harness.RaiseAsync("Data", "new");
        Assert.Equal("\"new\"", harness.Output());
    }

    [Fact]
    public async Task Continuing_as_new_keeps_what_is_still_to_be_done_and_said()
    {
        TurnHarness harness = new(async context =>
        {
            if (context.GetInput<bool>())
                return await context.WaitForExternalEvent<string>("End");
            context.SetCustomStatus("kept");
            context.SendEvent("other-1", "Hello", "there");
            _ = context.CallActivityAsync("Later");
            context.ContinueAsNew(true);
            return null;
        });
        await harness.StartAsync(false);
        Assert.Equal(2, harness.Subject.Execution);
        Assert.Equal("kept", harness.Subject.CustomStatus?.Trim('"'));
        EventDelivery message = Assert.IsType<EventDelivery>(Assert.Single(harness.Subject.Outbox));
        Assert.Equal(("other-1", "Hello"), (message.Target, message.Name));

        await harness.CompleteAsync("Later");
        await harness.TurnAsync(new Delivered(message.Id));
        Assert.False(harness.Subject.HasWork);
        await harness.RaiseAsync("End");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, harness.Subject.Status);
    }

    [Fact]
    public async Task An_endless_chain_of_executions_fails()
    {
        TurnHarness harness = new(context =>
        {
            context.ContinueAsNew();
            return Task.FromResult<object?>(null);
        });
        await harness.StartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, harness.Subject.Status);
        Assert.Contains("continued as new", harness.Subject.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_result_of_an_earlier_execution_is_nobodys()
    {
        TurnHarness harness = new(async context =>
        {
            if (context.GetInput<bool>())
                return await context.CallActivityAsync<string>("Work");
            Task<string> abandoned = context.CallActivityAsync<string>("Work");
            await Task.WhenAny(abandoned, context.WaitForExternalEvent<string>("Next"));
            context.ContinueAsNew(true);
            return null;
        });
        await harness.StartAsync(false);
        PendingActivity early = harness.Pending("Work");
        await harness.RaiseAsync("Next");
        PendingActivity late = harness.Subject.Activities.Single(activity => activity.ExecutionId == harness.Subject.Start.ExecutionId);
        await harness.TurnAsync(new ActivityFinished(early, "\"old\"", null));
        Assert.Equal(OrchestrationRuntimeStatus.Running, harness.Subject.Status);
        await harness.TurnAsync(new ActivityFinished(late, "\"new\"", null));
        Assert.Equal("\"new\"", harness.Output());
    }

    [Fact]
    public async Task A_sub_orchestration_is_started_by_message_and_answers_once()
    {
        TurnHarness harness = new(async context =>
        {
            string first = await context.CallSubOrchestratorAsync<string>("Child", 5, new SubOrchestrationOptions(instanceId: "child-1") { Version = "3.0" });
            return first + "!";
        });
        await harness.StartAsync();
        ChildStart start = Assert.IsType<ChildStart>(Assert.Single(harness.Subject.Outbox));
        Assert.Equal(("child-1", "Child", "5", "3.0"), (start.Target, start.Name, start.Input, start.Version));

        InstanceTurn other = await harness.TurnAsync(new ChildFinished(Guid.NewGuid(), start.Parent.TaskId, "\"wrong\"", null));
        Assert.False(other.Changes);
        await harness.TurnAsync(new Delivered(start.Id), new ChildFinished(start.Parent.ExecutionId, start.Parent.TaskId, "\"right\"", null));
        Assert.Equal("\"right!\"", harness.Output());
        Assert.False((await harness.TurnAsync(new ChildFinished(start.Parent.ExecutionId, start.Parent.TaskId, "\"again\"", null))).Changes);
    }

    [Fact]
    public async Task A_failed_sub_orchestration_is_tried_again_under_another_id()
    {
        TurnHarness harness = new(async context =>
            await context.CallSubOrchestratorAsync<string>("Child", null, TaskOptions.FromRetryPolicy(new(2, TimeSpan.FromMinutes(1)))));
        await harness.StartAsync();
        ChildStart first = Assert.IsType<ChildStart>(harness.Subject.Outbox[0]);
        await harness.TurnAsync(new Delivered(first.Id), new ChildFinished(first.Parent.ExecutionId, first.Parent.TaskId, null, new("Oops", "bad luck")));
        await harness.FireNextTimerAsync();
        ChildStart second = Assert.IsType<ChildStart>(Assert.Single(harness.Subject.Outbox));
        Assert.NotEqual(first.Target, second.Target);
        await harness.TurnAsync(new ChildFinished(second.Parent.ExecutionId, second.Parent.TaskId, null, new("Oops", "bad luck again")));
        Assert.Equal("bad luck again", harness.Subject.Failure!.Inner!.Message);
    }

    [Fact]
    public async Task A_child_reports_its_end_to_its_parent_and_takes_a_repeated_start_as_done()
    {
        TurnHarness harness = new(context => Task.FromResult<object?>($"child of {context.Parent!.InstanceId}"));
        await harness.TurnAsync(new StartInstance("Subject", null, null) { Parent = Parent });
        ChildReport report = Assert.IsType<ChildReport>(Assert.Single(harness.Subject.Outbox));
        Assert.Equal(("parent-1", Parent.ExecutionId, 3, "\"child of parent-1\""), (report.Target, report.ExecutionId, report.TaskId, report.Output));

        InstanceTurn repeated = await harness.TurnAsync(new StartInstance("Subject", null, null) { Parent = Parent });
        Assert.False(repeated.Changes);
        Assert.Null(repeated.Verdicts[0].Refusal);
    }

    [Fact]
    public async Task Termination_reaches_the_children_if_asked()
    {
        TurnHarness harness = new(async context =>
            await context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child-1")));
        await harness.StartAsync();
        await harness.TurnAsync(new Terminate("\"enough\"", recursive: true));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, harness.Subject.Status);
        ChildTermination termination = Assert.IsType<ChildTermination>(harness.Subject.Outbox[^1]);
        Assert.Equal(("child-1", "\"enough\""), (termination.Target, termination.Output));
    }

    [Fact]
    public async Task A_running_instance_is_not_started_again_and_a_finished_one_is()
    {
        TurnHarness harness = new(async context => await context.WaitForExternalEvent<string>("End"));
        await harness.StartAsync();
        InstanceTurn second = await harness.StartAsync();
        Assert.Contains("already exists", Assert.IsType<InvalidOperationException>(second.Verdicts[0].Refusal).Message, StringComparison.Ordinal);
        await harness.RaiseAsync("End", "first");
        Assert.Null((await harness.StartAsync()).Verdicts[0].Refusal);
        Assert.Equal((OrchestrationRuntimeStatus.Running, 2), (harness.Subject.Status, harness.Subject.Execution));
        Assert.Null(harness.Output());
    }

    [Fact]
    public async Task Statuses_that_are_named_keep_an_instance_from_being_replaced()
    {
        TurnHarness harness = new(_ => Task.FromResult<object?>(1));
        await harness.StartAsync();
        InstanceTurn kept = await harness.TurnAsync(new StartInstance("Subject", null, null) { KeptStatuses = ["Completed"] });
        Assert.NotNull(kept.Verdicts[0].Refusal);
        InstanceTurn replaced = await harness.TurnAsync(new StartInstance("Subject", null, null) { KeptStatuses = ["Failed"] });
        Assert.Null(replaced.Verdicts[0].Refusal);
    }

    [Fact]
    public async Task A_finished_instance_is_purged_and_a_running_one_is_not()
    {
        TurnHarness harness = new(async context => await context.WaitForExternalEvent<string>("End"));
        await harness.StartAsync();
        Purge early = new();
        await harness.TurnAsync(early);
        Assert.False(early.Purged);
        await harness.RaiseAsync("End");
        Purge purge = new();
        Assert.True((await harness.TurnAsync(purge)).Deletes);
        Assert.True(purge.Purged);
        Assert.Null(harness.Instance);
    }

    [Fact]
    public async Task What_has_to_be_judged_after_the_turn_is_put_off()
    {
        TurnHarness harness = new(async context => await context.WaitForExternalEvent<string>("End"));
        await harness.StartAsync();
        StartInstance again = new("Subject", null, null);
        InstanceTurn turn = await harness.TurnAsync(new RaiseEvent("End", null), again);
        Assert.Equal([again], turn.Deferred);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, harness.Subject.Status);
    }
}
