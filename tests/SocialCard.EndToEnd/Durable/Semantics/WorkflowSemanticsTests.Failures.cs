using System.Collections.Concurrent;
using Microsoft.DurableTask;
using SocialCard.Embedded.Functions;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that these tests register by name.

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Failures: their details on every way, and code that does not fit its history.</content>
public abstract partial class WorkflowSemanticsTests
{
    /// <summary>The instances whose code is a newer one by now.</summary>
    private static readonly ConcurrentDictionary<string, bool> Redeployed = new();

    private static void AddFailures(DurableFunctions functions)
    {
        functions.AddOrchestrator("Careful", async context =>
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
                    failures.Add($"{failed.TaskName}: {Tell(failed.FailureDetails)}");
                }
            }

            return failures;
        });
        functions.AddOrchestrator("Failing", _ => throw new InvalidDataException("outer", new FormatException("inner")));
        functions.AddOrchestrator("Careless", async context => await context.CallActivityAsync<string>("Broken"));
        functions.AddOrchestrator("FailingParent", context => FailureOfChildAsync(context, "Failing", Tell));
        functions.AddOrchestrator("CarelessParent", context => FailureOfChildAsync(
            context, "Careless", failure => string.Join(" < ", Causes(failure).Select(cause => cause.ErrorType))));
        functions.AddOrchestrator("Changed", async context =>
        {
            if (Redeployed.ContainsKey(context.InstanceId))
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            }

            await context.CallActivityAsync<string>("Echo", "x");
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("Data");
        });
        functions.AddOrchestrator("Shortened", async context =>
        {
            if (!Redeployed.ContainsKey(context.InstanceId))
            {
                await context.CallActivityAsync<string>("Echo", "x");
            }

            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("Data");
        });
        functions.AddActivity("Broken", (_, _) => throw new InvalidDataException("out of order, 坏了", new FormatException("inner")));
    }

    [Fact]
    public async Task A_failing_and_an_unknown_activity_are_caught_by_the_code() => Assert.Equal(
        [
            "Broken: System.IO.InvalidDataException: out of order, 坏了 < System.FormatException: inner",
            "Missing: System.InvalidOperationException: There is no activity named 'Missing' in this host.",
        ],
        (await RunAsync("Careful")).ReadOutputAs<string[]>()!);

    [Fact]
    public async Task A_failed_instance_tells_its_client_type_and_message_and_its_parent_the_cause_too()
    {
        Assert.Equal("System.IO.InvalidDataException: outer", FailureOf(await RunAsync("Failing")));
        Assert.Equal(
            "System.IO.InvalidDataException: outer < System.FormatException: inner",
            (await RunAsync("FailingParent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_failure_of_an_activity_goes_up_through_every_parent() => Assert.Equal(
        "Microsoft.DurableTask.TaskFailedException < System.IO.InvalidDataException < System.FormatException",
        (await RunAsync("CarelessParent")).ReadOutputAs<string>());

    [Fact]
    public async Task An_orchestrator_without_code_fails_its_instance()
    {
        string failure = FailureOf(await RunAsync("Unwritten"));
        Assert.Contains("There is no orchestrator named 'Unwritten' in this host.", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Changed")]
    [InlineData("Shortened")]
    public async Task Code_that_does_not_fit_the_history_fails_the_instance_and_says_so(string orchestrator)
    {
        string id = await StartAsync(orchestrator);
        await WhenAtAsync(id, "waiting");
        Redeployed[id] = true;
        await Client.RaiseEventAsync(id, "Data", "x");
        string failure = FailureOf(await EndAsync(id));
        Assert.StartsWith(
            "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException: Non-Deterministic workflow detected",
            failure,
            StringComparison.Ordinal);
    }

    private static async Task<object?> FailureOfChildAsync(
        TaskOrchestrationContext context, string child, Func<TaskFailureDetails, string> tell, string? input = null)
    {
        try
        {
            await context.CallSubOrchestratorAsync(child, input);
            return null;
        }
        catch (TaskFailedException failed)
        {
            return tell(failed.FailureDetails);
        }
    }

    private static string Tell(TaskFailureDetails failure) =>
        string.Join(" < ", Causes(failure).Select(cause => $"{cause.ErrorType}: {cause.ErrorMessage}"));

    private static IEnumerable<TaskFailureDetails> Causes(TaskFailureDetails? failure)
    {
        for (; failure is not null; failure = failure.InnerFailure)
        {
            yield return failure;
        }
    }
}
