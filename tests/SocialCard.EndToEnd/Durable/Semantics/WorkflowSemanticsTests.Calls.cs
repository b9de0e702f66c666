using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that these tests register by name.

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Activities: results, failures, retries, many in one turn.</content>
public abstract partial class WorkflowSemanticsTests
{
    private static readonly ConcurrentDictionary<string, int> Attempts = new();

    private static void AddCalls(DurableFunctions functions)
    {
        functions.AddOrchestrator("Greet", async context =>
        {
            Task<string>[] greetings = [.. context.GetInput<string[]>()!.Select(name => context.CallActivityAsync<string>("Hello", name))];
            return await Task.WhenAll(greetings);
        });
        functions.AddOrchestrator("Wide", async context =>
        {
            Task[] timers =
                [.. Enumerable.Range(0, 150).Select(_ => context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None))];
            Task<int>[] calls = [.. Enumerable.Range(0, 150).Select(number => context.CallActivityAsync<int>("Double", number))];
            await Task.WhenAll(timers);
            return (await Task.WhenAll(calls)).Sum();
        });
        functions.AddOrchestrator("Persistent", async context =>
        {
            TaskOptions retries = TaskOptions.FromRetryPolicy(new(context.GetInput<int>(), TimeSpan.FromMilliseconds(10)));
            return await context.CallActivityAsync<int>("ThirdTimeLucky", options: retries);
        });
        functions.AddOrchestrator("Picky", async context =>
        {
            TaskOptions retries = TaskOptions.FromRetryHandler(
                retry => retry.LastAttemptNumber < 10 && !retry.LastFailure.IsCausedBy<FormatException>());
            return await context.CallActivityAsync<int>("ThirdTimeMalformed", options: retries);
        });
        functions.AddOrchestrator("Deterministic", async context =>
        {
            Guid[] ids = [context.NewGuid(), context.NewGuid()];
            DateTime began = context.CurrentUtcDateTime;
            Guid[] echoed = [.. await Task.WhenAll(ids.Select(id => context.CallActivityAsync<Guid>("Echo", id)))];
            return ids.SequenceEqual(echoed) && ids[0] != ids[1] && context.CurrentUtcDateTime >= began && began.Kind == DateTimeKind.Utc;
        });
        functions.AddActivity("Hello", (call, _) => Task.FromResult<object?>($"Hello {call.Input}"));
        functions.AddActivity("Double", (call, _) => Task.FromResult<object?>(2 * int.Parse(call.Input!, CultureInfo.InvariantCulture)));
        functions.AddActivity(
            "Echo", (call, _) => Task.FromResult<object?>(call.Input is null ? null : JsonDocument.Parse(call.Input).RootElement));
        functions.AddActivity("ThirdTimeLucky", (call, _) =>
        {
            int attempt = Attempts.AddOrUpdate(call.InstanceId, 1, (_, earlier) => earlier + 1);
            return attempt < 3 ? throw new TimeoutException($"attempt {attempt}") : Task.FromResult<object?>(attempt);
        });
        functions.AddActivity("ThirdTimeMalformed", (call, _) =>
        {
            int attempt = Attempts.AddOrUpdate(call.InstanceId, 1, (_, earlier) => earlier + 1);
            throw attempt < 3 ? new TimeoutException($"attempt {attempt}") : new FormatException($"attempt {attempt}");
        });
    }

    [Fact]
    public async Task An_instance_calls_activities_and_returns_their_results()
    {
        using CancellationTokenSource patience = new(Patience);
        OrchestrationMetadata end = await Client.WaitForInstanceCompletionAsync(
            await StartAsync("greet", new[] { "a", "b" }), getInputsAndOutputs: true, patience.Token);
        Assert.Equal(["Hello \"a\"", "Hello \"b\""], end.ReadOutputAs<string[]>()!);
        Assert.Equal("""["a","b"]""", end.SerializedInput);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, true), (end.RuntimeStatus, end.FailureDetails is null));
        Assert.InRange(end.LastUpdatedAt, end.CreatedAt, DateTimeOffset.MaxValue);
    }

    [Fact]
    public async Task One_turn_can_call_150_activities_and_150_timers() => Assert.Equal("22350", (await RunAsync("Wide")).SerializedOutput);

    [Fact]
    public async Task A_failing_activity_is_retried_until_it_succeeds() =>
        Assert.Equal("3", (await RunAsync("Persistent", 5)).SerializedOutput);

    [Fact]
    public async Task Retries_end_after_the_last_attempt_with_its_failure()
    {
        OrchestrationMetadata end = await RunAsync("Persistent", 2);
        Assert.EndsWith("attempt 2", FailureOf(end), StringComparison.Ordinal);
        Assert.Equal(2, Attempts[end.InstanceId]);
    }

    [Fact]
    public async Task A_retry_handler_sees_the_failure_and_may_give_up()
    {
        OrchestrationMetadata end = await RunAsync("Picky");
        Assert.EndsWith("attempt 3", FailureOf(end), StringComparison.Ordinal);
        Assert.Equal(3, Attempts[end.InstanceId]);
    }

    [Fact]
    public async Task Time_and_new_ids_are_the_same_in_every_replay() =>
        Assert.Equal("true", (await RunAsync("Deterministic")).SerializedOutput);
}
