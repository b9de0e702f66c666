using Microsoft.DurableTask;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Workflows;

/// <summary>How every workflow waits for a moment that may be far away.</summary>
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
    /// One turn of a workflow that accompanies a card, a part of one or an employer: asks for it, in an activity, what has become
    /// of it and what falls due next; waits for that or for an event; goes on as new. It learns everything from the answer, so an
    /// event that was lost costs a stage at most. A timer may fire a little early: the next turn asks as of what was due, not again.
    /// </summary>
    /// <returns>Whether it is over.</returns>
    public static async Task<bool> AskAndWaitAsync<TStep, TWait>(TaskOrchestrationContext context, string activity, string eventName)
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

        var due = wait.Until ?? DateTimeOffset.MaxValue;
        var asOf = await UntilAsync(context, due, eventName) is Waited.Due ? Later(step.AsOf, due) : step.AsOf;
        context.ContinueAsNew(step with { Number = step.Number + 1, AsOf = asOf });
        return false;
    }

    /// <summary>
    /// Waits until a moment or an event, for one stage at most. After <see cref="Waited.Due"/> the context's time may still be a
    /// little before the moment: what is then done takes it with it (<see cref="WorkflowStep.AsOf"/>).
    /// </summary>
    public static async Task<Waited> UntilAsync(TaskOrchestrationContext context, DateTimeOffset due, string eventName)
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

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one < other ? other : one;
}

/// <summary>What ended a wait.</summary>
internal enum Waited
{
    /// <summary>The moment has come, whatever a clock says: timers of the Functions host fire up to a second early.</summary>
    Due,

    /// <summary>The event was raised.</summary>
    Raised,

    /// <summary>A stage has passed; the workflow continues as new.</summary>
    Stage,
}
