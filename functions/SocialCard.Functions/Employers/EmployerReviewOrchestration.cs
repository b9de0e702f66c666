using Microsoft.DurableTask;

namespace SocialCard.Functions.Employers;

/// <summary>Waits for the bureau's decision on a registration, and has it escalated while it is overdue.</summary>
public static class EmployerReviewOrchestration
{
    /// <summary>The event that the bureau has decided.</summary>
    public const string Decided = "EmployerReviewed";

    /// <summary>The instance of a review.</summary>
    public static string InstanceOf(string code, string reviewId) => $"employer-review-{code}-{reviewId}";

    /// <summary>Asks, waits, and goes on as a new execution.</summary>
    [Function(nameof(EmployerReviewOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Waiting.AskAndWaitAsync<EmployerReviewStep, EmployerReviewWait>(
            context, nameof(EmployerReviewActivities.AdvanceEmployerReview), Decided, "review");
    }
}

/// <summary>A step of the workflow of a review: input of the workflow and of its activity.</summary>
/// <param name="Code">The employer.</param>
/// <param name="ReviewId">The review.</param>
/// <param name="Number">The how manieth step; the same step is the same operation.</param>
/// <param name="AsOf">The moment that the workflow has come to.</param>
public sealed record EmployerReviewStep(string Code, string ReviewId, int Number = 0, DateTimeOffset AsOf = default)
    : WorkflowStep(Number, AsOf);

/// <summary>What the workflow waits for.</summary>
/// <param name="Until">When the review is escalated next; null once it is decided.</param>
public sealed record EmployerReviewWait(DateTimeOffset? Until) : WorkflowWait(IsOver: Until is null, Until);
