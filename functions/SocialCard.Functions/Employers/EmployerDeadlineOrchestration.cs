using Microsoft.DurableTask;

namespace SocialCard.Functions.Employers;

/// <summary>Waits for an employer to register what the market regulator has told, and has it escalated once its days are over.</summary>
public static class EmployerDeadlineOrchestration
{
    /// <summary>The event that there is nothing to register any more.</summary>
    public const string Closed = "EmployerDeadlineClosed";

    /// <summary>The instance of a deadline.</summary>
    public static string InstanceOf(string code, string deadlineId) => $"employer-deadline-{code}-{deadlineId}";

    /// <summary>Asks, waits, and goes on as a new execution.</summary>
    [Function(nameof(EmployerDeadlineOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Waiting.AskAndWaitAsync<EmployerDeadlineStep, EmployerDeadlineWait>(
            context, nameof(EmployerDeadlineActivities.AdvanceEmployerDeadline), Closed, "registrationDeadline");
    }
}

/// <summary>A step of the workflow of a deadline: input of the workflow and of its activity.</summary>
/// <param name="Code">The employer.</param>
/// <param name="DeadlineId">The deadline.</param>
/// <param name="Number">The how manieth step; the same step is the same operation.</param>
/// <param name="AsOf">The moment that the workflow has come to.</param>
public sealed record EmployerDeadlineStep(string Code, string DeadlineId, int Number = 0, DateTimeOffset AsOf = default)
    : WorkflowStep(Number, AsOf);

/// <summary>What the workflow waits for.</summary>
/// <param name="Until">When the deadline is escalated; null once it is met, or was escalated.</param>
public sealed record EmployerDeadlineWait(DateTimeOffset? Until) : WorkflowWait(IsOver: Until is null, Until);
