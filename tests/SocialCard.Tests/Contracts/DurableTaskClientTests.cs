using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Moq;

namespace SocialCard.Tests.Contracts;

public sealed class DurableTaskClientTests
{
    private readonly Mock<DurableTaskClient> mock = new("hub") { CallBase = true };

    private DurableTaskClient Client => mock.Object;

    [Fact]
    public async Task Short_forms_are_the_full_form_with_defaults()
    {
        StartOrchestrationOptions options = new("activation-1");

        await Client.ScheduleNewOrchestrationInstanceAsync("Activation", options);
        await Client.RaiseEventAsync("activation-1", "received", CancellationToken.None);
        await Client.SuspendInstanceAsync("activation-1", CancellationToken.None);
        await Client.GetInstanceAsync("activation-1", getInputsAndOutputs: true);

        mock.Verify(client => client.ScheduleNewOrchestrationInstanceAsync("Activation", null, options, default), Times.Once);
        mock.Verify(client => client.RaiseEventAsync("activation-1", "received", null, default), Times.Once);
        mock.Verify(client => client.SuspendInstanceAsync("activation-1", null, default), Times.Once);
        mock.Verify(client => client.GetInstancesAsync("activation-1", true, default), Times.Once);
    }

    [Fact]
    public async Task Terminating_with_an_output_is_terminating_with_options()
    {
        mock.Setup(client => client.TerminateInstanceAsync("activation-1", It.IsAny<TerminateInstanceOptions>(), default))
            .Returns(Task.CompletedTask);

        await Client.TerminateInstanceAsync("activation-1", (object)"cancelled");

        mock.Verify(client => client.TerminateInstanceAsync("activation-1", new TerminateInstanceOptions("cancelled", false), default));
    }

    [Fact]
    public async Task What_a_backend_does_not_implement_is_not_supported()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Client.TerminateInstanceAsync("activation-1"));
        await Assert.ThrowsAsync<NotSupportedException>(() => Client.PurgeInstanceAsync("activation-1"));
        await Assert.ThrowsAsync<NotSupportedException>(() => Client.PurgeAllInstancesAsync(new PurgeInstancesFilter()));
    }

    [Fact]
    public void An_instance_reads_its_values_by_its_converter()
    {
        OrchestrationMetadata instance = new("Activation", "activation-1")
        {
            DataConverter = JsonDataConverter.Default,
            SerializedInput = "300",
            SerializedOutput = "\"activated\"",
            SerializedCustomStatus = "[60,30]",
        };

        Assert.Equal(300, instance.ReadInputAs<int>());
        Assert.Equal("activated", instance.ReadOutputAs<string>());
        Assert.Equal([60, 30], instance.ReadCustomStatusAs<int[]>()!);
    }

    [Fact]
    public void An_instance_read_without_its_values_refuses_to_give_them()
        => Assert.Throws<InvalidOperationException>(() => new OrchestrationMetadata("Activation", "activation-1").ReadInputAs<int>());

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Running, true, false)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false, true)]
    public void An_instance_is_running_or_completed_by_its_status(OrchestrationRuntimeStatus status, bool running, bool completed)
    {
        OrchestrationMetadata instance = new("Activation", "activation-1") { RuntimeStatus = status };

        Assert.Equal((running, completed), (instance.IsRunning, instance.IsCompleted));
    }

    [Fact]
    public void Dedupe_statuses_are_kept_by_name_beside_the_other_options()
    {
        StartOrchestrationOptions options = new StartOrchestrationOptions("activation-1")
            .WithDedupeStatuses(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending);

        Assert.Equal("activation-1", options.InstanceId);
        Assert.Equal(["Running", "Pending"], options.DedupeStatuses!);
    }
}
