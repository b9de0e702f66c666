using Microsoft.DurableTask;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Workflows;

/// <summary>
/// How every workflow goes: it waits for a moment that may be far away or for an event, says as its status what it waits for, and
/// goes on as new with what is then to come.
/// </summary>
internal static class Waiting
{
    // The storage backend of Azure re-arms a long timer every three days and keeps a history of it; a fresh start each
    // month keeps that short.
    private static readonly TimeSpan LongestStage = TimeSpan.FromDays(30);

    /// <summary>For activities on which a card's fate hangs: storage may be out of reach for hours.</summary>
    public static TaskOptions Persistently { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 50,
        firstRetryInterval: TimeSpan.FromSeconds(5),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromHours(1)));

    /// <summary>
    /// One turn of a workflow whose input says what is to come: waits for that, for one stage at most. What is done when it is due
    /// takes the moment with it, for timers of the Functions host fire up to a second early.
    /// </summary>
    /// <param name="context">The workflow.</param>
    /// <param name="wait">What is waited for.</param>
    /// <param name="eventName">The event that ends the wait.</param>
    /// <param name="input">With what the workflow goes on after a stage.</param>
    /// <param name="whenDue">Does what is due, and tells with what the workflow goes on; it ends with null.</param>
    /// <param name="whenRaised">With what it goes on after the event; it ends with null.</param>
    public static async Task ForAsync<TInput>(
        TaskOrchestrationContext context,
        WorkflowStatus wait,
        string eventName,
        TInput input,
        Func<Task<TInput?>> whenDue,
        TInput? whenRaised = null)
        where TInput : class
    {
        context.SetCustomStatus(wait);
        var next = await FirstAsync(context, wait.Due ?? DateTimeOffset.MaxValue, eventName) switch
        {
            Waited.Due => await whenDue(),
            Waited.Raised => whenRaised,
            _ => input,
        };
        if (next is not null)
        {
            context.ContinueAsNew(next);
        }
    }

    /// <summary>
    /// One turn of a workflow that accompanies a resource: asks in an activity what has become of it and what falls due next, and
    /// waits for that. It learns everything from the answer, so an event that was lost costs a stage at most. The turn after a
    /// timer asks as of what was due.
    /// </summary>
    /// <param name="context">The workflow.</param>
    /// <param name="activity">The activity that advances the resource.</param>
    /// <param name="eventName">The event that something has moved.</param>
    /// <param name="reason">What is waited for, where the answer does not say it more closely.</param>
    /// <returns>Whether it is over.</returns>
    public static async Task<bool> AskAndWaitAsync<TStep, TWait>(
        TaskOrchestrationContext context, string activity, string eventName, string reason)
        where TStep : WorkflowStep
        where TWait : WorkflowWait
    {
        var input = context.GetInput<TStep>()!;
        var step = input with { AsOf = Later(input.AsOf, context.CurrentUtcDateTime) };
        var wait = await context.CallActivityAsync<TWait>(activity, step, Persistently);
        if (wait.IsOver)
        {
            return true;
        }

        var next = step with { Number = step.Number + 1 };
        await ForAsync(
            context,
            new WorkflowStatus(wait.Reason ?? reason, wait.Until),
            eventName,
            next,
            whenDue: () => Task.FromResult<TStep?>(next with { AsOf = Later(step.AsOf, wait.Until!.Value) }),
            whenRaised: next);
        return false;
    }

    private static async Task<Waited> FirstAsync(TaskOrchestrationContext context, DateTimeOffset due, string eventName)
    {
        var stage = context.CurrentUtcDateTime + LongestStage;
        var isDue = due.UtcDateTime <= stage;
        using var raisedFirst = new CancellationTokenSource();
        var raised = context.WaitForExternalEvent<object?>(eventName);
        var timer = context.CreateTimer(isDue ? due.UtcDateTime : stage, raisedFirst.Token);
        if (await Task.WhenAny(raised, timer) == raised)
        {
#pragma warning disable CA1849 // CancelAsync would cancel the timer on another thread, outside the orchestrator's turn.
            raisedFirst.Cancel();
#pragma warning restore CA1849
            return Waited.Raised;
        }

        if (isDue && !context.IsReplaying)
        {
            OperationMetrics.WentOn(Later(context.CurrentUtcDateTime, due) - due);
        }

        return isDue ? Waited.Due : Waited.Stage;
    }

    /// <summary>The later of two moments.</summary>
    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one < other ? other : one;

    /// <summary>What ended a wait.</summary>
    private enum Waited
    {
        /// <summary>The moment has come, whatever a clock says.</summary>
        Due,

        /// <summary>The event was raised.</summary>
        Raised,

        /// <summary>A stage has passed; the moment is still to come.</summary>
        Stage,
    }
}
