using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests;

/// <summary>
/// One execution of an orchestrator over a mocked context: it waits for an event and a timer, and the test decides which
/// comes first. The timer fires early, as those of the Functions host do. Calls that a test does not expect fail it.
/// </summary>
public abstract class WaitingOrchestration<TInput>(string instanceId, string eventName)
    where TInput : class
{
    private readonly TaskCompletionSource<object?> raised = new();
    private readonly TaskCompletionSource timer = new();
    private CancellationToken timerToken;
    private DateTime time = Now;

    /// <summary>How much too early timers were seen to fire there: a message's visibility is in whole seconds.</summary>
    protected static TimeSpan Early { get; } = TimeSpan.FromSeconds(0.65);

    protected static DateTime Now { get; } = new(2026, 3, 2, 1, 0, 0, DateTimeKind.Utc);

    protected Mock<TaskOrchestrationContext> Context { get; } = new(MockBehavior.Strict);

    /// <summary>When the orchestrator asked to be woken.</summary>
    protected DateTime? Wake { get; private set; }

    /// <summary>What the orchestrator showed that it waits for, before it did.</summary>
    protected WorkflowStatus? Status { get; private set; }

    protected bool TimerIsCancelled => timerToken.IsCancellationRequested;

    protected abstract Task Orchestrate(TaskOrchestrationContext context);

    protected void Expect(TInput input)
    {
        Context.Setup(c => c.GetInput<TInput>()).Returns(input);
        Context.SetupGet(c => c.CurrentUtcDateTime).Returns(() => time);
        Context.SetupGet(c => c.IsReplaying).Returns(false);
        Context.SetupGet(c => c.InstanceId).Returns(instanceId);
        Context.Setup(c => c.SetCustomStatus(It.IsAny<object?>())).Callback((object? status) => Status = (WorkflowStatus?)status);
        Context.Setup(c => c.CallActivityAsync(It.IsAny<TaskName>(), It.IsAny<object>(), It.IsAny<TaskOptions>())).CallBase();
        Context.Setup(c => c.WaitForExternalEvent<object?>(eventName, It.IsAny<CancellationToken>())).Returns(raised.Task);
        Context
            .Setup(c => c.CreateTimer(It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .Callback((DateTime at, CancellationToken token) =>
            {
                Assert.NotNull(Status);
                (Wake, timerToken) = (at, token);
            })
            .Returns(timer.Task)
            .Verifiable();
    }

    protected void ExpectActivity(string name, object input) => Context
        .Setup(c => c.CallActivityAsync<object>(It.Is<TaskName>(task => task.Name == name), input, It.IsAny<TaskOptions>()))
        .ReturnsAsync(new object())
        .Verifiable();

    protected void AssertWaitsFor(string reason, DateTimeOffset? due) => Assert.Equal(new WorkflowStatus(reason, due), Status);

    protected void ExpectContinueAsNew(TInput input) => Context.Setup(c => c.ContinueAsNew(input, true)).Verifiable();

    protected Task RunUntilTimerAsync() => RunAsync(() =>
    {
        time = Wake!.Value - Early;
        timer.SetResult();
    });

    protected Task RunUntilEventAsync() => RunAsync(() => raised.SetResult(null));

    private async Task RunAsync(Action come)
    {
        var run = Orchestrate(Context.Object);
        Assert.False(run.IsCompleted);
        come();
        await run;
        Context.Verify();
    }
}
