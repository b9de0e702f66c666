using SocialCard.Embedded;
using SocialCard.Embedded.Durable.Embedded;

namespace SocialCard.Tests.Durable;

public sealed class EnginePartsTests
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("activation-6217001234567890123")]
    [InlineData("with/every\\bad#key?char%and|own!ones\n")]
    [InlineData("社保卡")]
    public void Row_keys_name_their_instance_whatever_its_id(string instanceId)
    {
        string timer = InstanceKeys.Timer(Noon, instanceId);
        Assert.Equal(instanceId, InstanceKeys.InstanceOf(InstanceKeys.Instance(instanceId)));
        Assert.Equal(instanceId, InstanceKeys.InstanceOf(InstanceKeys.Work(instanceId)));
        Assert.Equal(instanceId, InstanceKeys.InstanceOf(timer));
        Assert.Equal(Noon, InstanceKeys.DueOf(timer));
        Assert.DoesNotContain(timer, letter => letter is '/' or '\\' or '#' or '?' || char.IsControl(letter));
    }

    [Fact]
    public void The_clock_stands_where_it_is_put_and_goes_on_from_there()
    {
        HostClock clock = new();
        clock.Restore(TimeSpan.FromDays(10));
        DateTimeOffset later = clock.GetUtcNow() + TimeSpan.FromDays(1);
        clock.StandAt(later);
        Assert.Equal(later, clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.StandAt(later - TimeSpan.FromTicks(1)));
        clock.Run();
        Assert.InRange(clock.GetUtcNow(), later, later + TimeSpan.FromMinutes(1));
        Assert.True(clock.Offset > TimeSpan.FromDays(10));
    }

    [Fact]
    public async Task Quiescence_is_reached_when_the_last_one_leaves()
    {
        Quiescence quiescence = new();
        Assert.True(quiescence.WhenIdleAsync(CancellationToken.None).IsCompleted);
        quiescence.Enter();
        quiescence.Enter();
        Task idle = quiescence.WhenIdleAsync(CancellationToken.None);
        quiescence.Exit();
        Assert.False(quiescence.IsIdle);
        Assert.False(idle.IsCompleted);
        quiescence.Exit();
        await idle.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
