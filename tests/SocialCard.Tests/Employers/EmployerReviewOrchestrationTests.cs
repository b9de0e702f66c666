using Microsoft.DurableTask;
using SocialCard.Functions.Employers;

namespace SocialCard.Tests.Employers;

public class EmployerReviewOrchestrationTests()
    : EscalatingOrchestration<EmployerReviewStep, EmployerReviewWait>(
        "employer-review-91350100M000100Y43-r1",
        EmployerReviewOrchestration.Decided,
        nameof(EmployerReviewActivities.AdvanceEmployerReview),
        "review",
        new("91350100M000100Y43", "r1", 3),
        until => new(until))
{
    protected override Task Orchestrate(TaskOrchestrationContext context) => EmployerReviewOrchestration.RunAsync(context);
}
