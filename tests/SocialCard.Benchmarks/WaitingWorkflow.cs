using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Domain.Cards;
using SocialCard.Embedded.Functions;
using SocialCard.Functions.Activation;

namespace SocialCard.Benchmarks;

/// <summary>The shape of the product's workflows: waits for an event until a day that is far away, then acts and ends.</summary>
internal static class WaitingWorkflow
{
    private const string Name = "Waiting";

    public static DurableFunctions Functions { get; } = Create();

    public static string InstanceOf(string batch, int card) => ActivationOrchestration.InstanceOf($"{batch}{card:D7}");

    public static Task StartAsync(DurableTaskClient client, string instanceId, DateTimeOffset deadline)
    {
        Reminder[] reminders = [new(30, deadline.AddDays(-30)), new(7, deadline.AddDays(-7))];
        var clock = new ActivationClock(instanceId, deadline, reminders);
#pragma warning disable DURABLE2004 // The orchestrator is registered by name below.
        return client.ScheduleNewOrchestrationInstanceAsync(Name, clock, new StartOrchestrationOptions(instanceId));
#pragma warning restore DURABLE2004
    }

    public static Task RaiseAsync(DurableTaskClient client, string instanceId) =>
        client.RaiseEventAsync(instanceId, ActivationOrchestration.Settled);

    private static DurableFunctions Create()
    {
        var functions = new DurableFunctions();
        functions.AddOrchestrator(Name, RunAsync);
        functions.AddActivity(nameof(ExpireActivation), (_, _) => Task.FromResult<object?>(true));
        return functions;
    }

    private static async Task<object?> RunAsync(TaskOrchestrationContext context)
    {
        var clock = context.GetInput<ActivationClock>()!;
        using var raisedFirst = new CancellationTokenSource();
        var raised = context.WaitForExternalEvent<object?>(ActivationOrchestration.Settled);
        var timer = context.CreateTimer(clock.Deadline.UtcDateTime, raisedFirst.Token);
        if (await Task.WhenAny(raised, timer) == raised)
        {
#pragma warning disable CA1849 // CancelAsync would cancel the timer on another thread, outside the orchestrator's turn.
            raisedFirst.Cancel();
#pragma warning restore CA1849
        }

        var command = new ExpireActivation(clock.CardNumber, clock.Deadline, context.InstanceId);
#pragma warning disable DURABLE2003 // The activity is registered by name above.
        return await context.CallActivityAsync<bool>(nameof(ExpireActivation), command);
#pragma warning restore DURABLE2003
    }
}
