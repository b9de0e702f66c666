using Microsoft.DurableTask;
using SocialCard.Functions.Employers;

namespace SocialCard.Tests.Employers;

public class EmployerDeadlineOrchestrationTests()
    : EscalatingOrchestration<EmployerDeadlineStep, EmployerDeadlineWait>(
        "employer-deadline-91350100M000100Y43-registration-20260401",
        EmployerDeadlineOrchestration.Closed,
        nameof(EmployerDeadlineActivities.AdvanceEmployerDeadline),
        "registrationDeadline",
        new("91350100M000100Y43", "registration-20260401", 3),
        until => new(until))
{
    protected override Task Orchestrate(TaskOrchestrationContext context) => EmployerDeadlineOrchestration.RunAsync(context);
}
