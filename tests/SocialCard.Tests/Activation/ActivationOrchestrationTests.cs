using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Moq;
using SocialCard.Domain.Cards;
using SocialCard.Functions.Activation;

namespace SocialCard.Tests.Activation;

public sealed class ActivationOrchestrationTests()
    : WaitingOrchestration<ActivationClock>("activation-123456789", ActivationOrchestration.Settled)
{
    private static readonly DateTimeOffset Deadline = new(2026, 12, 27, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_wakes_for_the_next_reminder_reminds_and_goes_on_with_the_rest()
    {
        Expect(Clock(new Reminder(7, Now.AddDays(7)), new Reminder(1, Now.AddDays(13))));
        ExpectReminder(7, Now.AddDays(7), stillWaits: true);
        Context.Setup(c => c.ContinueAsNew(It.Is<ActivationClock>(next => next.Reminders.Single().DaysBefore == 1), true)).Verifiable();

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(7), Wake);
        AssertWaitsFor("reminder", Now.AddDays(7));
    }

    [Fact]
    public async Task It_sleeps_thirty_days_at_most_and_then_goes_on_with_the_same_clock()
    {
        var clock = Clock(new Reminder(60, Now.AddDays(240)));
        Expect(clock);
        ExpectContinueAsNew(clock);

        await RunUntilTimerAsync();

        Assert.Equal(Now.AddDays(30), Wake);
        AssertWaitsFor("reminder", Now.AddDays(240));
    }

    [Fact]
    public async Task It_ends_and_cancels_the_timer_when_the_card_is_settled()
    {
        Expect(Clock(new Reminder(7, Now.AddDays(7))));

        await RunUntilEventAsync();

        Assert.True(TimerIsCancelled);
    }

    [Fact]
    public async Task It_ends_when_the_card_has_moved_on_without_telling()
    {
        Expect(Clock(new Reminder(7, Now.AddDays(7))));
        ExpectReminder(7, Now.AddDays(7), stillWaits: false);

        await RunUntilTimerAsync();

        Context.Verify(c => c.ContinueAsNew(It.IsAny<object>(), It.IsAny<bool>()), Times.Never);
    }

    [Fact]
    public async Task It_has_the_medical_card_of_before_restricted_between_the_reminders_and_goes_on_with_the_rest()
    {
        var clock = Clock(new Reminder(7, Now.AddDays(7))) with { OldCardRestrictedAt = Now.AddDays(3) };
        Expect(clock);
        ExpectRestriction(Now.AddDays(3), stillWaits: true);
        ExpectContinueAsNew(clock with { OldCardRestrictedAt = null });

        await RunUntilTimerAsync();

        AssertWaitsFor("oldCardRestricted", Now.AddDays(3));
    }

    [Fact]
    public async Task A_reminder_that_comes_before_that_comes_first()
    {
        Expect(Clock(new Reminder(7, Now.AddDays(7))) with { OldCardRestrictedAt = Now.AddDays(8) });
        ExpectReminder(7, Now.AddDays(7), stillWaits: false);

        await RunUntilTimerAsync();

        AssertWaitsFor("reminder", Now.AddDays(7));
    }

    [Fact]
    public void A_clock_that_runs_since_an_earlier_version_is_read_as_it_was()
    {
        var clock = (ActivationClock)JsonDataConverter.Default.Deserialize(
            """{"CardNumber":"123456789","Deadline":"2026-12-27T16:00:00+00:00","Reminders":[]}""", typeof(ActivationClock))!;
        Assert.Equal((Deadline, null), (clock.Deadline, clock.OldCardRestrictedAt));
    }

    [Fact]
    public async Task It_applies_the_rule_at_the_deadline()
    {
        var clock = new ActivationClock("123456789", new DateTimeOffset(Now.AddDays(3)), []);
        Expect(clock);
        ExpectActivity(
            nameof(ActivationActivities.ExpireActivation), new ExpireActivation("123456789", clock.Deadline, "activation-123456789"));

        await RunUntilTimerAsync();

        Assert.Equal(clock.Deadline.UtcDateTime, Wake);
        AssertWaitsFor("activationDeadline", clock.Deadline);
    }

    protected override Task Orchestrate(TaskOrchestrationContext context) => ActivationOrchestration.RunAsync(context);

    private static ActivationClock Clock(params Reminder[] reminders) => new("123456789", Deadline, reminders);

    private void ExpectRestriction(DateTimeOffset at, bool stillWaits) => Context
        .Setup(c => c.CallActivityAsync<bool>(
            It.Is<TaskName>(name => name.Name == nameof(ActivationActivities.RestrictOldCard)),
            new RestrictOldCard("123456789", at),
            It.IsAny<TaskOptions>()))
        .ReturnsAsync(stillWaits)
        .Verifiable();

    private void ExpectReminder(int daysBefore, DateTimeOffset at, bool stillWaits) => Context
        .Setup(c => c.CallActivityAsync<bool>(
            It.Is<TaskName>(name => name.Name == nameof(ActivationActivities.RemindToActivate)),
            new RemindToActivate("123456789", daysBefore, "activation-123456789", at),
            It.IsAny<TaskOptions>()))
        .ReturnsAsync(stillWaits)
        .Verifiable();
}
