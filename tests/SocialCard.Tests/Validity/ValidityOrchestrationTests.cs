using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.Validity;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.Validity;

public sealed class ValidityOrchestrationTests() : WaitingOrchestration<ValidityWatch>(
    ValidityOrchestration.InstanceOf("123456789"), ValidityOrchestration.Moved)
{
    private static readonly CardWait Reminder = new(IsOver: false, Now.AddDays(7), "validityReminder");
    private static readonly ValidityWatch Started = new("123456789", Wait: Reminder);

    [Fact]
    public async Task It_waits_for_what_it_was_started_with_and_asks_nothing_before_that()
    {
        Expect(Started);
        ExpectContinueAsNew(Started with { AsOf = Now.AddDays(7), Wait = null });

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(7), Wake);
        AssertWaitsFor("validityReminder", Now.AddDays(7));
    }

    [Fact]
    public async Task A_wait_of_years_goes_in_stages_without_a_question()
    {
        var far = Started with { Wait = Reminder with { Until = Now.AddYears(10) } };
        Expect(far);
        ExpectContinueAsNew(far);

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(30), Wake);
        AssertWaitsFor("validityReminder", Now.AddYears(10));
    }

    [Fact]
    public async Task What_is_due_is_asked_as_of_its_moment_and_the_answer_waited_for()
    {
        var due = Started with { Number = 3, AsOf = Now.AddSeconds(1), Wait = null };
        var end = new CardWait(IsOver: false, Now.AddDays(9), "validityEnd");
        Expect(due);
        ExpectAnswer(due, end);
        ExpectContinueAsNew(due with { Number = 4, AsOf = Now.AddDays(9) });

        await RunUntilTimerAsync();

        AssertWaitsFor("validityEnd", Now.AddDays(9));
    }

    [Fact]
    public async Task It_asks_anew_when_it_is_told_that_something_has_moved()
    {
        Expect(Started);
        ExpectContinueAsNew(Started with { Wait = null });

        await RunUntilEventAsync();

        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task It_ends_when_nothing_more_will_come()
    {
        var due = Started with { AsOf = Now, Wait = null };
        Expect(due);
        ExpectAnswer(due, CardWait.Over);

        await Orchestrate(Context.Object);

        Assert.Null(Wake);
    }

    [Fact]
    public void Each_card_has_one_instance() => Assert.Equal("validity-123456789", ValidityOrchestration.InstanceOf("123456789"));

    protected override Task Orchestrate(TaskOrchestrationContext context) => ValidityOrchestration.RunAsync(context);

    private void ExpectAnswer(ValidityWatch asked, CardWait wait) => Context
        .Setup(c => c.CallActivityAsync<CardWait>(
            It.Is<TaskName>(task => task.Name == nameof(ValidityActivities.AdvanceValidity)), asked, It.IsAny<TaskOptions>()))
        .ReturnsAsync(wait)
        .Verifiable();
}
