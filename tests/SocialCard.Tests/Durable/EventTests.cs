#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Durable;

namespace SocialCard.Tests.Durable;

public sealed class EventTests
{
    [Fact]
    public async Task Events_that_come_before_they_are_waited_for_are_kept_in_order()
    {
        TurnHarness harness = new(async context =>
        {
            await context.WaitForExternalEvent<string>("Go");
            string first = await context.WaitForExternalEvent<string>("Data");
            string second = await context.WaitForExternalEvent<string>("DATA");
            return first + second;
        });
        await harness.StartAsync();
        await harness.RaiseAsync("data", "a");
        await harness.RaiseAsync("dAtA", "b");
        Assert.Equal(OrchestrationRuntimeStatus.Running, harness.Subject.Status);
        await harness.RaiseAsync("go");
        Assert.Equal("\"ab\"", harness.Output());
    }

    [Fact]
    public async Task Several_waits_for_one_name_are_served_first_come_first_served()
    {
        TurnHarness harness = new(async context =>
        {
            Task<string> first = context.WaitForExternalEvent<string>("Data");
            Task<string> second = context.WaitForExternalEvent<string>("Data");
            return $"{await first}{await second}";
        });
        await harness.StartAsync();
        await harness.RaiseAsync("Data", "a");
        await harness.RaiseAsync("Data", "b");
        Assert.Equal("\"ab\"", harness.Output());
    }

    [Fact]
    public async Task A_cancelled_wait_never_swallows_an_event()
    {
        TurnHarness harness = new(async context =>
        {
            using CancellationTokenSource cancellation = new();
            Task<string> abandoned = context.WaitForExternalEvent<string>("Data", cancellation.Token);
            await context.WaitForExternalEvent<string>("Stop");
#pragma warning disable CA1849
            cancellation.Cancel();
#pragma warning restore CA1849
            string data = await context.WaitForExternalEvent<string>("Data");
            return $"{data} {abandoned.Status}";
        });
        await harness.StartAsync();
        await harness.RaiseAsync("Stop");
        await harness.RaiseAsync("Data", "kept");
        Assert.Equal("\"kept Canceled\"", harness.Output());
    }

    [Fact]
    public async Task A_wait_with_a_timeout_ends_with_the_event_or_the_time()
    {
        TurnHarness harness = new(async context =>
        {
            string first = await context.WaitForExternalEvent<string>("Data", TimeSpan.FromHours(1));
            try
            {
                return await context.WaitForExternalEvent<string>("Data", TimeSpan.FromHours(1));
            }
            catch (TaskCanceledException)
            {
                return first + " then nothing";
            }
        });
        await harness.StartAsync();
        await harness.RaiseAsync("Data", "one");
        await harness.FireNextTimerAsync();
        Assert.Equal("\"one then nothing\"", harness.Output());
        Assert.Null(harness.Subject.NextTimer);
    }

    [Fact]
    public async Task Many_events_in_one_turn_keep_their_order()
    {
        TurnHarness harness = new(async context =>
        {
            int sum = 0;
            for (int expected = 0; expected < 250; expected++)
            {
                int value = await context.WaitForExternalEvent<int>("Value");
                sum += value == expected ? 1 : 0;
            }

            return sum;
        });
        await harness.StartAsync();
        await harness.TurnAsync([.. Enumerable.Range(0, 250).Select(value => new RaiseEvent("Value", $"{value}"))]);
        Assert.Equal("250", harness.Output());
        Assert.Equal(2, harness.Subject.History.OfType<TurnStarted>().Count());
    }

    [Fact]
    public async Task An_event_for_a_missing_or_finished_instance_is_refused()
    {
        TurnHarness harness = new(_ => Task.FromResult<object?>("done"));
        InstanceTurn missing = await harness.RaiseAsync("Data");
        Assert.Contains("no orchestration instance", Assert.IsType<InvalidOperationException>(missing.Verdicts[0].Refusal).Message, StringComparison.Ordinal);
        Assert.False(missing.Changes);

        await harness.StartAsync();
        InstanceTurn finished = await harness.RaiseAsync("Data");
        Assert.Contains("Completed", Assert.IsType<InvalidOperationException>(finished.Verdicts[0].Refusal).Message, StringComparison.Ordinal);
        Assert.False(finished.Changes);
    }

    [Fact]
    public async Task An_event_of_another_instance_that_is_delivered_twice_counts_once()
    {
        TurnHarness harness = new(async context =>
            await context.WaitForExternalEvent<string>("Data") + await context.WaitForExternalEvent<string>("Data"));
        await harness.StartAsync();
        await harness.TurnAsync(new RaiseEvent("Data", "\"a\"", "sender/1"));
        InstanceTurn repeated = await harness.TurnAsync(new RaiseEvent("Data", "\"a\"", "sender/1"));
        Assert.False(repeated.Changes);
        await harness.TurnAsync(new RaiseEvent("Data", "\"b\"", "sender/2"));
        Assert.Equal("\"ab\"", harness.Output());
    }

    [Fact]
    public async Task While_suspended_events_are_stored_and_no_code_runs()
    {
        TurnHarness harness = new(async context =>
        {
            string data = await context.WaitForExternalEvent<string>("Data");
            await context.CallActivityAsync("Use", data);
            return data;
        });
        await harness.StartAsync();
        await harness.TurnAsync(new Suspend("holiday"));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, harness.Subject.Status);
        await harness.RaiseAsync("Data", "kept");
        Assert.Empty(harness.Subject.Activities);
        await harness.TurnAsync(new Resume("back"));
        Assert.Equal(OrchestrationRuntimeStatus.Running, harness.Subject.Status);
        await harness.CompleteAsync("Use");
        Assert.Equal("\"kept\"", harness.Output());
    }

    [Fact]
    public async Task Termination_ends_a_suspended_instance_and_keeps_its_output()
    {
        TurnHarness harness = new(async context => await context.WaitForExternalEvent<string>("Data"));
        await harness.StartAsync();
        await harness.TurnAsync(new Suspend(null), new Terminate("\"stopped\"", recursive: false));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, harness.Subject.Status);
        Assert.Equal("\"stopped\"", harness.Output());
        InstanceTurn late = await harness.RaiseAsync("Data");
        Assert.NotNull(late.Verdicts[0].Refusal);
    }
}
