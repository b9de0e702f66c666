using Microsoft.DurableTask;
using Moq;
using SocialCard.Activation;

namespace SocialCard.Tests.Activation;

/// <summary>One execution of the orchestrator at a time: what it waits for, and what it does then.</summary>
public sealed class ActivationOrchestrationTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTimeOffset Deadline = new(2026, 12, 27, 16, 0, 0, TimeSpan.Zero);

    private readonly Mock<TaskOrchestrationContext> context = new(MockBehavior.Strict);
    private readonly TaskCompletionSource<object?> settled = new();
    private readonly TaskCompletionSource timer = new();
    private CancellationToken timerToken;
    private DateTime? wake;

    [Fact]
    public async Task It_wakes_for_the_next_reminder_reminds_and_goes_on_with_the_rest()
    {
        var clock = Clock(new Reminder(7, Now.AddDays(7)), new Reminder(1, Now.AddDays(13)));
        Expect(clock);
        ExpectReminder(7, stillWaits: true);
        context.Setup(c => c.ContinueAsNew(It.Is<ActivationClock>(next => next.Reminders.Single().DaysBefore == 1), true)).Verifiable();

        await RunAsync(timer);

        Assert.Equal(Now.AddDays(7), wake);
        context.Verify();
    }

    [Fact]
    public async Task It_sleeps_thirty_days_at_most_and_then_goes_on_with_the_same_clock()
    {
        var clock = Clock(new Reminder(60, Now.AddDays(240)));
        Expect(clock);
        context.Setup(c => c.ContinueAsNew(clock, true)).Verifiable();

        await RunAsync(timer);

        Assert.Equal(Now.AddDays(30), wake);
        context.Verify();
    }

    [Fact]
    public async Task It_ends_and_cancels_the_timer_when_the_card_is_settled()
    {
        Expect(Clock(new Reminder(7, Now.AddDays(7))));

        await RunAsync(settled);

        Assert.True(timerToken.IsCancellationRequested);
        context.Verify();
    }

    [Fact]
    public async Task It_ends_when_the_card_has_moved_on_without_telling()
    {
        Expect(Clock(new Reminder(7, Now.AddDays(7))));
        ExpectReminder(7, stillWaits: false);

        await RunAsync(timer);

        context.Verify(c => c.ContinueAsNew(It.IsAny<object>(), It.IsAny<bool>()), Times.Never);
        context.Verify();
    }

    [Fact]
    public async Task It_applies_the_rule_at_the_deadline()
    {
        var clock = new ActivationClock("123456789", new DateTimeOffset(Now.AddDays(3)), []);
        Expect(clock);
        context
            .Setup(c => c.CallActivityAsync<object>(
                It.Is<TaskName>(name => name.Name == nameof(ActivationActivities.ExpireActivation)),
                It.Is<ExpireActivation>(input => input.CardNumber == "123456789" && input.Deadline == clock.Deadline),
                It.IsAny<TaskOptions>()))
            .ReturnsAsync(new object())
            .Verifiable();

        await RunAsync(timer);

        Assert.Equal(clock.Deadline.UtcDateTime, wake);
        context.Verify();
    }

    private static ActivationClock Clock(params Reminder[] reminders) => new("123456789", Deadline, reminders);

    private void Expect(ActivationClock clock)
    {
        context.Setup(c => c.GetInput<ActivationClock>()).Returns(clock);
        context.SetupGet(c => c.CurrentUtcDateTime).Returns(Now);
        context.SetupGet(c => c.InstanceId).Returns("activation-123456789");
        context.Setup(c => c.CallActivityAsync(It.IsAny<TaskName>(), It.IsAny<object>(), It.IsAny<TaskOptions>())).CallBase();
        context.Setup(c => c.WaitForExternalEvent<object?>(ActivationOrchestration.Settled, It.IsAny<CancellationToken>())).Returns(settled.Task);
        context
            .Setup(c => c.CreateTimer(It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .Callback((DateTime at, CancellationToken token) => (wake, timerToken) = (at, token))
            .Returns(timer.Task)
            .Verifiable();
    }

    private void ExpectReminder(int daysBefore, bool stillWaits) => context
        .Setup(c => c.CallActivityAsync<bool>(
            It.Is<TaskName>(name => name.Name == nameof(ActivationActivities.RemindToActivate)),
            It.Is<RemindToActivate>(input => input.DaysBefore == daysBefore && input.CardNumber == "123456789"),
            It.IsAny<TaskOptions>()))
        .ReturnsAsync(stillWaits)
        .Verifiable();

    private async Task RunAsync(TaskCompletionSource first)
    {
        var run = ActivationOrchestration.RunAsync(context.Object);
        Assert.False(run.IsCompleted);
        first.SetResult();
        await run;
    }

    private async Task RunAsync(TaskCompletionSource<object?> first)
    {
        var run = ActivationOrchestration.RunAsync(context.Object);
        Assert.False(run.IsCompleted);
        first.SetResult(null);
        await run;
    }
}
