using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.Families;

public sealed class FamilyOrchestrationTests() : WaitingOrchestration<CardStep>(
    FamilyOrchestration.InstanceOf("123456789", "0123456789abcdef-1"), FamilyOrchestration.Moved)
{
    private static readonly CardStep Step = new("123456789", "0123456789abcdef-1");

    [Fact]
    public async Task It_waits_until_the_consent_is_due_and_asks_again()
    {
        Expect(Step);
        ExpectStep(new(IsOver: false, new DateTimeOffset(Now.AddDays(7)), "awaitingConsent"));
        ExpectContinueAsNew(Step with { Number = 1, AsOf = Now.AddDays(7) });

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(7), Wake);
        AssertWaitsFor("awaitingConsent", Now.AddDays(7));
    }

    [Fact]
    public async Task It_asks_again_when_something_has_moved()
    {
        Expect(Step);
        ExpectStep(new(IsOver: false, null, "active"));
        ExpectContinueAsNew(Step with { Number = 1, AsOf = Now });

        await RunUntilEventAsync();

        Assert.True(TimerIsCancelled);
        AssertWaitsFor("active", null);
    }

    [Fact]
    public async Task It_ends_with_the_member()
    {
        Expect(Step);
        ExpectStep(new(IsOver: true, null));

        await Orchestrate(Context.Object);

        Assert.Null(Wake);
    }

    protected override Task Orchestrate(TaskOrchestrationContext context) => FamilyOrchestration.RunAsync(context);

    private void ExpectStep(CardWait wait)
    {
        var asked = Step with { AsOf = new(Now) };
        Context
            .Setup(c => c.CallActivityAsync<CardWait>(
                It.Is<TaskName>(task => task.Name == nameof(FamilyActivities.AdvanceFamilyMember)), asked, It.IsAny<TaskOptions>()))
            .ReturnsAsync(wait)
            .Verifiable();
    }
}
