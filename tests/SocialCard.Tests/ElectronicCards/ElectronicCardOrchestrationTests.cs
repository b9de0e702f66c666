using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.ElectronicCards;

namespace SocialCard.Tests.ElectronicCards;

public class ElectronicCardOrchestrationTests()
    : WaitingOrchestration<ElectronicCardTurn>($"electronic-card-{ElectronicCardStory.Id}", ElectronicCardOrchestration.Changed)
{
    private static readonly ElectronicCardTurn Turn = new(ElectronicCardStory.Id, 3);

    [Fact]
    public async Task It_waits_for_what_falls_due_and_goes_on()
    {
        Expect(Turn);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(Turn with { Number = 4, AsOf = Now.AddDays(2) });
        await RunUntilTimerAsync();
        Assert.Equal(Now.AddDays(2), Wake);
        AssertWaitsFor("submitted", Now.AddDays(2));
    }

    [Fact]
    public async Task Sixteen_years_go_by_in_stages_of_thirty_days()
    {
        Expect(Turn);
        ExpectAnswer(Now.AddYears(16));
        ExpectContinueAsNew(Turn with { Number = 4, AsOf = Now });
        await RunUntilTimerAsync();
        Assert.Equal(Now.AddDays(30), Wake);
    }

    [Fact]
    public async Task A_change_wakes_it()
    {
        Expect(Turn);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(Turn with { Number = 4, AsOf = Now });
        await RunUntilEventAsync();
        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task At_the_end_it_removes_the_files_that_nothing_needs()
    {
        Expect(Turn);
        ExpectAnswer(null);
        ExpectCall(nameof(ElectronicCardActivities.SweepElectronicCardFiles), ElectronicCardStory.Id, null);
        await Orchestrate(Context.Object);
        Assert.Null(Wake);
        Context.Verify(c => c.CallActivityAsync<ElectronicCardWait>(
            It.Is<TaskName>(task => task.Name == nameof(ElectronicCardActivities.SweepElectronicCardFiles)),
            ElectronicCardStory.Id,
            It.IsAny<TaskOptions>()));
    }

    protected override Task Orchestrate(TaskOrchestrationContext context) => ElectronicCardOrchestration.RunAsync(context);

    private void ExpectAnswer(DateTimeOffset? until) =>
        ExpectCall(nameof(ElectronicCardActivities.AdvanceElectronicCard), Turn with { AsOf = Now }, until);

    private void ExpectCall(string activity, object input, DateTimeOffset? until) => Context
        .Setup(c => c.CallActivityAsync<ElectronicCardWait>(It.Is<TaskName>(task => task.Name == activity), input, It.IsAny<TaskOptions>()))
        .ReturnsAsync(new ElectronicCardWait(until, "submitted"));
}
