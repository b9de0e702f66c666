using Microsoft.DurableTask;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Passwords;

namespace SocialCard.Tests.Passwords;

public sealed class PasswordChangeOrchestrationTests()
    : WaitingOrchestration<PasswordWait>("password-123456789-social-c1", PasswordChangeOrchestration.Ended)
{
    [Fact]
    public async Task It_applies_the_change_when_its_moment_has_come()
    {
        var wait = Wait(TimeSpan.FromDays(2));
        Expect(wait);
        ExpectActivity(nameof(PasswordActivities.ApplyPasswordChange), wait);

        await RunUntilTimerAsync();

        Assert.Equal(wait.EffectiveAt.UtcDateTime, Wake);
        AssertWaitsFor("passwordWindow", wait.EffectiveAt);
    }

    [Fact]
    public async Task It_ends_when_the_change_will_not_come()
    {
        Expect(Wait(TimeSpan.FromDays(2)));

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

    [Fact]
    public void Each_change_has_an_instance_of_its_own() =>
        Assert.Equal("password-123456789-social-c1", PasswordChangeOrchestration.InstanceOf("123456789", PasswordKind.Social, "c1"));

    protected override Task Orchestrate(TaskOrchestrationContext context) => PasswordChangeOrchestration.RunAsync(context);

    private static PasswordWait Wait(TimeSpan window) => new("123456789", PasswordKind.Social, "c1", new DateTimeOffset(Now + window));
}

public sealed class InitialPasswordOrchestrationTests()
    : WaitingOrchestration<InitialPasswordWait>("initial-password-123456789", "InitialPasswordEnded")
{
    [Fact]
    public async Task It_lets_the_card_decide_when_the_days_have_passed()
    {
        var wait = new InitialPasswordWait("123456789", new DateTimeOffset(Now.AddDays(7)));
        Expect(wait);
        ExpectActivity(nameof(PasswordActivities.NoticeInitialPasswords), wait);

        await RunUntilTimerAsync();

        Assert.Equal(wait.NoticeAt.UtcDateTime, Wake);
        AssertWaitsFor("initialPasswordReminder", wait.NoticeAt);
    }

    protected override Task Orchestrate(TaskOrchestrationContext context) => InitialPasswordOrchestration.RunAsync(context);
}
