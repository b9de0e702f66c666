using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.Employers;

namespace SocialCard.Tests.Employers;

public class EmployerReviewOrchestrationTests()
    : WaitingOrchestration<EmployerReviewStep>("employer-review-91350100M000100Y43-r1", EmployerReviewOrchestration.Decided)
{
    private static readonly EmployerReviewStep Step = new("91350100M000100Y43", "r1", 3);

    [Fact]
    public async Task It_waits_for_the_next_escalation_and_goes_on()
    {
        Expect(Step);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(Step with { Number = 4, AsOf = Now.AddDays(2) });
        await RunUntilTimerAsync();
        Assert.Equal(Now.AddDays(2), Wake);
        AssertWaitsFor("review", Now.AddDays(2));
    }

    [Fact]
    public async Task A_decision_wakes_it()
    {
        Expect(Step);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(Step with { Number = 4, AsOf = Now });
        await RunUntilEventAsync();
        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task It_ends_when_nothing_is_left_to_decide()
    {
        Expect(Step);
        ExpectAnswer(null);
        await Orchestrate(Context.Object);
        Assert.Null(Wake);
    }

    protected override Task Orchestrate(TaskOrchestrationContext context) => EmployerReviewOrchestration.RunAsync(context);

    private void ExpectAnswer(DateTimeOffset? until)
    {
        object step = Step with { AsOf = Now };
        Context
            .Setup(c => c.CallActivityAsync<EmployerReviewWait>(
                It.Is<TaskName>(task => task.Name == nameof(EmployerReviewActivities.AdvanceEmployerReview)),
                step,
                It.IsAny<TaskOptions>()))
            .ReturnsAsync(new EmployerReviewWait(until));
    }
}
