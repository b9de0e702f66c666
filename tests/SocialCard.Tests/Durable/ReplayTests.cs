#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Durable;

namespace SocialCard.Tests.Durable;

public sealed class ReplayTests
{
    [Fact]
    public async Task Code_goes_on_with_the_results_in_its_history_and_is_new_only_once()
    {
        List<string> fresh = [];
        TurnHarness harness = new(async context =>
        {
            void Note(string text)
            {
                if (!context.IsReplaying)
                    fresh.Add(text);
            }

            Note("started");
            int first = await context.CallActivityAsync<int>("One");
            Note($"one gave {first}");
            int second = await context.CallActivityAsync<int>("Two", first + 1);
            Note($"two gave {second}");
            return second;
        });

        await harness.StartAsync();
        await harness.CompleteAsync("One", 41);
        Assert.Equal("42", harness.Pending("Two").Input);
        await harness.CompleteAsync("Two", 7);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, harness.Subject.Status);
        Assert.Equal("7", harness.Output());
        Assert.Equal(["started", "one gave 41", "two gave 7"], fresh);
    }

    [Fact]
    public async Task Time_and_identifiers_are_the_same_in_every_replay()
    {
        List<(DateTime Time, Guid First, Guid Second)> seen = [];
        TurnHarness harness = new(async context =>
        {
            seen.Add((context.CurrentUtcDateTime, context.NewGuid(), context.NewGuid()));
            await context.WaitForExternalEvent<string>("Go");
            return context.CurrentUtcDateTime;
        });

        await harness.StartAsync();
        DateTimeOffset started = harness.Now;
        harness.Now += TimeSpan.FromHours(5);
        await harness.RaiseAsync("Go");

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(started.UtcDateTime, seen[0].Time);
        Assert.NotEqual(seen[0].First, seen[0].Second);
        Assert.Equal(5, seen[0].First.Version);
        Assert.Contains("2026-03-01T13:00:00", harness.Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_version_and_names_reach_the_code()
    {
        TurnHarness harness = new(context => Task.FromResult<object?>($"{context.Name.Name} {context.InstanceId} {context.Version} {context.GetInput<int[]>()![1]}"));
        await harness.StartAsync(new[] { 3, 9 });
        Assert.Equal("\"Subject subject-1 1.0 9\"", harness.Output());
    }

    [Fact]
    public async Task The_custom_status_is_the_last_one_set()
    {
        TurnHarness harness = new(async context =>
        {
            context.SetCustomStatus("first");
            context.SetCustomStatus(new { step = 2 });
            await context.WaitForExternalEvent<string>("Go");
            return null;
        });
        await harness.StartAsync();
        Assert.Equal("""{"step":2}""", harness.Subject.CustomStatus);
        await harness.RaiseAsync("Go");
        Assert.Equal("""{"step":2}""", harness.Subject.CustomStatus);
        Assert.Single(harness.Subject.History.OfType<CustomStatusSet>());
    }

    [Theory]
    [InlineData("another activity", "activity 'Reserve' (#1)", "activity 'Cancel' (#1)")]
    [InlineData("a timer instead", "activity 'Reserve' (#1)", "timer (#1)")]
    [InlineData("no call", "activity 'Reserve' (#1)", "no call")]
    [InlineData("one call more", "no call", "timer (#2)")]
    public async Task Other_calls_than_the_history_holds_fail_the_instance(string change, string expected, string actual)
    {
        TurnHarness harness = new(async context =>
        {
            await context.CallActivityAsync("Reserve");
            return null;
        });
        await harness.StartAsync();
        harness.Code = async context =>
        {
            switch (change)
            {
                case "another activity":
                    await context.CallActivityAsync("Cancel");
                    break;
                case "a timer instead":
                    await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                    break;
                case "no call":
                    await context.WaitForExternalEvent<string>("Go");
                    break;
                default:
                    Task reserved = context.CallActivityAsync("Reserve");
                    Task late = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                    await Task.WhenAll(reserved, late);
                    break;
            }

            return null;
        };
        await harness.CompleteAsync("Reserve");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, harness.Subject.Status);
        Failure failure = Assert.IsType<Failure>(harness.Subject.Failure);
        Assert.Equal(typeof(NonDeterministicOrchestrationException).FullName, failure.Type);
        Assert.Contains($"continues with {expected}, but the code made {actual}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delay")]
    [InlineData("thread pool")]
    [InlineData("left the turn")]
    public async Task Waiting_for_what_is_not_durable_fails_the_instance(string wait)
    {
        TaskCompletionSource never = new();
        TurnHarness harness = new(async context =>
        {
            switch (wait)
            {
                case "delay":
                    await never.Task;
                    break;
                case "thread pool":
                    await Task.Run(() => never.Task);
                    break;
                default:
                    await context.CallActivityAsync("One").ConfigureAwait(false);
                    await context.CallActivityAsync("Two");
                    break;
            }

            return null;
        });
        await harness.StartAsync();
        if (wait == "left the turn")
            await harness.CompleteAsync("One");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, harness.Subject.Status);
        Assert.Contains("not durable", harness.Subject.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continuations_and_child_tasks_stay_in_the_turn()
    {
        TurnHarness harness = new(async context =>
        {
            List<string> order = [];
            async Task StepAsync(string name)
            {
                await context.CallActivityAsync(name);
                await Task.Yield();
                order.Add(name);
            }

            Task<int> factory = Task.Factory.StartNew(() => 5, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
            Task<int> continued = factory.ContinueWith(done => done.Result + 1, TaskScheduler.Current);
            await Task.WhenAll(StepAsync("One"), StepAsync("Two"));
            return $"{string.Join(',', order)} {await continued}";
        });
        await harness.StartAsync();
        await harness.CompleteAsync("Two");
        await harness.CompleteAsync("One");
        Assert.Equal("\"Two,One 6\"", harness.Output());
    }

    [Fact]
    public async Task A_failure_tells_type_message_stack_and_cause()
    {
        TurnHarness harness = new(async context =>
        {
            await context.CallActivityAsync("Charge");
            return null;
        });
        await harness.StartAsync();
        await harness.FailAsync("Charge", new InvalidOperationException("no money", new FormatException("not a number")));

        TaskFailureDetails details = harness.Subject.Failure!.ToDetails();
        Assert.Equal(typeof(TaskFailedException).FullName, details.ErrorType);
        Assert.Contains("Charge", details.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(nameof(A_failure_tells_type_message_stack_and_cause), details.StackTrace, StringComparison.Ordinal);
        TaskFailureDetails cause = details.InnerFailure!;
        Assert.Equal((typeof(InvalidOperationException).FullName, "no money"), (cause.ErrorType, cause.ErrorMessage));
        Assert.Equal((typeof(FormatException).FullName, "not a number"), (cause.InnerFailure!.ErrorType, cause.InnerFailure.ErrorMessage));
        Assert.True(cause.IsCausedBy<InvalidOperationException>());
    }

    [Fact]
    public async Task A_result_that_cannot_be_serialized_fails_the_instance()
    {
        TurnHarness harness = new(_ => Task.FromResult<object?>(typeof(string)));
        await harness.StartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, harness.Subject.Status);
        Assert.Equal(typeof(NotSupportedException).FullName, harness.Subject.Failure!.Type);
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails_its_instance_by_name()
    {
        TurnHarness harness = new(_ => Task.FromResult<object?>(null));
        await harness.TurnAsync(new StartInstance("Nobody", null, null));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, harness.Subject.Status);
        Assert.Contains("'Nobody'", harness.Subject.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_async_void_method_that_throws_fails_the_instance()
    {
        TurnHarness harness = new(async context =>
        {
            async void Forgotten()
            {
                await context.WaitForExternalEvent<string>("Go");
                throw new FormatException("nobody awaited this");
            }

            Forgotten();
            await context.WaitForExternalEvent<string>("Never");
            return null;
        });
        await harness.StartAsync();
        await harness.RaiseAsync("Go");
        Assert.Equal("nobody awaited this", harness.Subject.Failure!.Message);
    }
}
