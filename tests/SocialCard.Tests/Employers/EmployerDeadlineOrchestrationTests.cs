using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.Employers;

namespace SocialCard.Tests.Employers;

public class EmployerDeadlineOrchestrationTests()
    : WaitingOrchestration<EmployerDeadlineStep>(
        "employer-deadline-91350100M000100Y43-registration-20260401", EmployerDeadlineOrchestration.Closed)
{
    private static readonly EmployerDeadlineStep Step = new("91350100M000100Y43", "registration-20260401", 3);

    [Fact]
    public async Task It_waits_for_the_escalation_and_goes_on()
    {
        Expect(Step);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(Step with { Number = 4, AsOf = Now.AddDays(2) });
        await RunUntilTimerAsync();
        Assert.Equal(Now.AddDays(2), Wake);
        AssertWaitsFor("registrationDeadline", Now.AddDays(2));
    }

    [Fact]
    public async Task A_registration_wakes_it()
    {
        Expect(Step);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(Step with { Number = 4, AsOf = Now });
        await RunUntilEventAsync();
        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task It_ends_when_nothing_is_left_to_register()
    {
        Expect(Step);
        ExpectAnswer(null);
        await Orchestrate(Context.Object);
        Assert.Null(Wake);
    }

    protected override Task Orchestrate(TaskOrchestrationContext context) => EmployerDeadlineOrchestration.RunAsync(context);

    private void ExpectAnswer(DateTimeOffset? until)
    {
        object step = Step with { AsOf = Now };
        Context
            .Setup(c => c.CallActivityAsync<EmployerDeadlineWait>(
                It.Is<TaskName>(task => task.Name == nameof(EmployerDeadlineActivities.AdvanceEmployerDeadline)),
                step,
                It.IsAny<TaskOptions>()))
            .ReturnsAsync(new EmployerDeadlineWait(until));
    }
}
