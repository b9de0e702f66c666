using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.TemporaryCards;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.TemporaryCards;

public sealed class TemporaryCardOrchestrationTests() : WaitingOrchestration<CardStep>(
    TemporaryCardOrchestration.InstanceOf("123456789", "0123456789abcdef"), TemporaryCardOrchestration.Moved)
{
    private static readonly CardStep Step = new("123456789", "0123456789abcdef");

    [Fact]
    public async Task It_waits_for_the_end_of_the_last_day_and_asks_as_of_then()
    {
        Expect(Step);
        ExpectAnswer(new(IsOver: false, Now.AddDays(7)));
        ExpectContinueAsNew(Step with { Number = 1, AsOf = Now.AddDays(7) });

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(7), Wake);
        AssertWaitsFor("temporaryCardEnd", Now.AddDays(7));
    }

    [Fact]
    public async Task It_ends_with_the_temporary_card()
    {
        Expect(Step);
        ExpectAnswer(new(IsOver: true, null));

        await Orchestrate(Context.Object);

        Assert.Null(Wake);
    }

    [Fact]
    public void Each_temporary_card_has_an_instance_of_its_own() => Assert.Equal(
        "temporary-card-123456789-0123456789abcdef", TemporaryCardOrchestration.InstanceOf("123456789", "0123456789abcdef"));

    protected override Task Orchestrate(TaskOrchestrationContext context) => TemporaryCardOrchestration.RunAsync(context);

    private void ExpectAnswer(CardWait wait)
    {
        var asked = Step with { AsOf = Now };
        Context
            .Setup(c => c.CallActivityAsync<CardWait>(
                It.Is<TaskName>(task => task.Name == nameof(TemporaryCardActivities.AdvanceTemporaryCard)), asked, It.IsAny<TaskOptions>()))
            .ReturnsAsync(wait)
            .Verifiable();
    }
}
