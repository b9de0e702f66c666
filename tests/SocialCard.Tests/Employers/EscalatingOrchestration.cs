using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.Employers;

/// <summary>An orchestration that has something escalated while nobody does it: its answers tell only until when it waits.</summary>
public abstract class EscalatingOrchestration<TStep, TWait>(
    string instanceId, string eventName, string activity, string reason, TStep step, Func<DateTimeOffset?, TWait> waitUntil)
    : WaitingOrchestration<TStep>(instanceId, eventName)
    where TStep : WorkflowStep
    where TWait : WorkflowWait
{
    [Fact]
    public async Task It_waits_for_the_escalation_and_goes_on()
    {
        Expect(step);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(step with { Number = 4, AsOf = Now.AddDays(2) });
        await RunUntilTimerAsync();
        Assert.Equal(Now.AddDays(2), Wake);
        AssertWaitsFor(reason, Now.AddDays(2));
    }

    [Fact]
    public async Task The_event_wakes_it()
    {
        Expect(step);
        ExpectAnswer(Now.AddDays(2));
        ExpectContinueAsNew(step with { Number = 4, AsOf = Now });
        await RunUntilEventAsync();
        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task It_ends_when_nothing_is_left_to_do()
    {
        Expect(step);
        ExpectAnswer(null);
        await Orchestrate(Context.Object);
        Assert.Null(Wake);
    }

    private void ExpectAnswer(DateTimeOffset? until)
    {
        object asked = step with { AsOf = Now };
        Context
            .Setup(c => c.CallActivityAsync<TWait>(It.Is<TaskName>(task => task.Name == activity), asked, It.IsAny<TaskOptions>()))
            .ReturnsAsync(waitUntil(until));
    }
}
