using Microsoft.DurableTask;
using Moq;
using SocialCard.Domain.Cards;
using SocialCard.Functions.LossReports;

namespace SocialCard.Tests.LossReports;

public sealed class LossReportOrchestrationTests() : WaitingOrchestration<LossWait>("loss-123456789-r1", LossReportOrchestration.Ended)
{
    [Fact]
    public async Task It_lets_the_card_act_at_the_first_moment_and_goes_on_with_the_rest()
    {
        var wait = Wait(TimeSpan.FromDays(6), TimeSpan.FromDays(7));
        Expect(wait);
        ExpectMoment(wait, holds: true);
        LossWait? next = null;
        Context.Setup(c => c.ContinueAsNew(It.IsAny<object>(), true))
            .Callback((object? input, bool _) => next = (LossWait?)input).Verifiable();

        await RunUntilTimerAsync();

        Assert.Equal(wait.Moments[0].At.UtcDateTime, Wake);
        AssertWaitsFor("lossReportWarning", wait.Moments[0].At);
        Assert.Equal(wait.Moments[1], Assert.Single(next!.Moments));
    }

    [Fact]
    public async Task It_ends_after_the_last_moment()
    {
        var wait = Wait(TimeSpan.FromDays(7));
        Expect(wait);
        ExpectMoment(wait, holds: true);

        await RunUntilTimerAsync();

        Assert.Equal(wait.Moments[0].At.UtcDateTime, Wake);
    }

    [Fact]
    public async Task It_ends_when_the_card_says_that_the_report_no_longer_holds()
    {
        var wait = Wait(TimeSpan.FromDays(6), TimeSpan.FromDays(7));
        Expect(wait);
        ExpectMoment(wait, holds: false);

        await RunUntilTimerAsync();

        Context.Verify(c => c.ContinueAsNew(It.IsAny<object>(), It.IsAny<bool>()), Times.Never);
    }

    [Fact]
    public async Task It_ends_when_the_report_has_ended()
    {
        Expect(Wait(TimeSpan.FromDays(6), TimeSpan.FromDays(7)));

        await RunUntilEventAsync();

        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task It_waits_for_a_far_moment_in_stages()
    {
        var wait = Wait(TimeSpan.FromDays(45));
        Expect(wait);
        ExpectContinueAsNew(wait);

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(30), Wake);
    }

    protected override Task Orchestrate(TaskOrchestrationContext context) => LossReportOrchestration.RunAsync(context);

    private void ExpectMoment(LossWait wait, bool holds) => Context
        .Setup(c => c.CallActivityAsync<bool>(
            It.Is<TaskName>(task => task.Name == nameof(LossReportActivities.PassLossMoment)),
            new PassLossMoment(wait.CardNumber, wait.ReportId, wait.Moments[0]),
            It.IsAny<TaskOptions>()))
        .ReturnsAsync(holds)
        .Verifiable();

    private static LossWait Wait(params IEnumerable<TimeSpan> after) => new(
        "123456789",
        "r1",
        [.. after.Select((span, index) => new LossMoment(
            new DateTimeOffset(Now + span), index == 0 ? LossStep.Warning : LossStep.End, CardApplication.Social))]);
}
