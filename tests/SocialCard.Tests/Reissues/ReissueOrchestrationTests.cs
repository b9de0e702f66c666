using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.Reissues;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.Reissues;

public sealed class ReissueOrchestrationTests()
    : WaitingOrchestration<CardStep>("reissue-123456789-0123456789abcdef", ReissueOrchestration.Moved)
{
    private static readonly CardStep Step = new("123456789", "123456789-0123456789abcdef", 4);

    [Fact]
    public async Task It_asks_the_card_waits_for_what_falls_due_and_asks_again()
    {
        Expect(Step);
        ExpectAnswer(new(IsOver: false, new DateTimeOffset(Now.AddDays(3)), "inProduction"));
        ExpectContinueAsNew(Step with { Number = 5, AsOf = Now.AddDays(3) });

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(3), Wake);
        AssertWaitsFor("inProduction", Now.AddDays(3));
    }

    [Fact]
    public async Task A_turn_whose_timer_fired_early_asks_as_of_what_was_due()
    {
        var dueSoon = Step with { AsOf = Now + Early };
        Expect(dueSoon);
        ExpectAnswer(new(IsOver: false, new DateTimeOffset(Now.AddDays(3))), asOf: Now + Early);
        ExpectContinueAsNew(Step with { Number = 5, AsOf = Now + Early });

        await RunUntilEventAsync();
    }

    [Fact]
    public async Task It_asks_again_as_soon_as_something_has_moved()
    {
        Expect(Step);
        ExpectAnswer(new(IsOver: false, new DateTimeOffset(Now.AddDays(3))));
        ExpectContinueAsNew(Step with { Number = 5, AsOf = Now });

        await RunUntilEventAsync();

        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task It_asks_once_a_stage_where_only_an_event_can_move_it()
    {
        Expect(Step);
        ExpectAnswer(new(IsOver: false, null));
        ExpectContinueAsNew(Step with { Number = 5, AsOf = Now });

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(30), Wake);
    }

    [Fact]
    public async Task After_an_answer_of_an_earlier_release_it_says_that_it_waits_for_the_reissue()
    {
        Expect(Step);
        ExpectAnswer(new(IsOver: false, null));
        ExpectContinueAsNew(Step with { Number = 5, AsOf = Now });

        await RunUntilEventAsync();

        AssertWaitsFor("reissue", null);
    }

    [Fact]
    public async Task It_ends_with_the_reissue()
    {
        Context.Setup(c => c.GetInput<CardStep>()).Returns(Step);
        Context.SetupGet(c => c.CurrentUtcDateTime).Returns(Now);
        ExpectAnswer(new(IsOver: true, null));

        await Orchestrate(Context.Object);

        Context.Verify();
    }

    [Fact]
    public void Each_reissue_has_an_instance_of_its_own() => Assert.Equal(
        "reissue-123456789-0123456789abcdef", ReissueOrchestration.InstanceOf("123456789-0123456789abcdef"));

    protected override Task Orchestrate(TaskOrchestrationContext context) => ReissueOrchestration.RunAsync(context);

    private void ExpectAnswer(CardWait wait, DateTime? asOf = null)
    {
        var asked = Step with { AsOf = asOf ?? Now };
        Context
        .Setup(c => c.CallActivityAsync<CardWait>(
            It.Is<TaskName>(task => task.Name == nameof(ReissueActivities.AdvanceReissue)),
            asked,
            It.IsAny<TaskOptions>()))
        .ReturnsAsync(wait)
        .Verifiable();
    }
}
