using Microsoft.DurableTask;

namespace SocialCard.Tests.Contracts;

public sealed class TaskIdentityTests
{
    [Fact]
    public void Names_are_equal_without_regard_to_case()
    {
        TaskName name = "Activation";

        Assert.True(name == "ACTIVATION");
        Assert.Equal(name.GetHashCode(), new TaskName("activation").GetHashCode());
        Assert.True(name != "Expiry");
        Assert.Equal("Activation", (string)name);
    }

    [Fact]
    public void No_name_is_the_default_name()
    {
        Assert.Equal(default, new TaskName(null!));
        Assert.Equal(default, (TaskName)"");
    }

    [Fact]
    public void No_version_is_unversioned()
    {
        Assert.Equal(TaskVersion.Unversioned, new TaskVersion(""));
        Assert.Equal(TaskVersion.Unversioned, default);
        Assert.Equal("", TaskVersion.Unversioned.Version);
    }

    [Fact]
    public void A_blank_version_is_refused() => Assert.Throws<ArgumentException>(() => new TaskVersion(" "));
}
