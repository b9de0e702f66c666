using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using SocialCard.Functions.Operations;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.Operations;

public sealed class EndedWorkflowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 19, 30, 0, TimeSpan.Zero);
    private readonly Mock<DurableTaskClient> durable = new(MockBehavior.Strict, "hub");

    [Fact]
    public async Task It_asks_for_what_has_ended_and_removes_what_ended_before_the_thirty_days()
    {
        Known(("old", 31), ("kept", 30), ("new", 1));

        await RunAsync(most: 10);

        Assert.Equal(["old"], Removed());
        durable.Verify(d => d.GetAllInstancesAsync(It.Is<OrchestrationQuery>(query =>
            query.CreatedTo == Now.AddDays(-30) && query.Statuses!.All(status => status
                != OrchestrationRuntimeStatus.Running
                    && status != OrchestrationRuntimeStatus.Pending && status != OrchestrationRuntimeStatus.Suspended))));
    }

    [Fact]
    public async Task A_run_has_its_limit_and_the_next_one_goes_on()
    {
        Known(("one", 40), ("two", 41), ("three", 42));

        await RunAsync(most: 2);

        Assert.Equal(["one", "two"], Removed());
    }

    [Fact]
    public async Task A_fault_of_the_storage_fails_the_run()
    {
        Known(("old", 31));
        durable.Setup(d => d.PurgeInstanceAsync("old", It.IsAny<PurgeInstanceOptions?>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new IOException());

        await Assert.ThrowsAsync<IOException>(() => RunAsync(most: 10));
    }

    private void Known(params (string Id, int EndedDaysAgo)[] workflows)
    {
        OrchestrationMetadata[] known =
        [
            .. workflows.Select(workflow => new OrchestrationMetadata("any", workflow.Id)
            {
                RuntimeStatus = OrchestrationRuntimeStatus.Completed,
                LastUpdatedAt = Now.AddDays(-workflow.EndedDaysAgo),
            }),
        ];
        durable.Setup(d => d.GetAllInstancesAsync(It.IsAny<OrchestrationQuery?>()))
            .Returns(Pageable.Create((_, _) => Task.FromResult(new Page<OrchestrationMetadata>(known))));
        durable.Setup(d => d.PurgeInstanceAsync(It.IsAny<string>(), It.IsAny<PurgeInstanceOptions?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PurgeResult(1));
        durable.Setup(d => d.PurgeInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).CallBase();
    }

    private Task RunAsync(int most) => new EndedWorkflows(
        new WorkflowClient(durable.Object), Mock.Of<TimeProvider>(clock => clock.GetUtcNow() == Now), NullLogger<EndedWorkflows>.Instance)
    {
        MostARun = most,
    }.RunAsync(new TimerInfo(), default);

    private IEnumerable<string> Removed() => durable.Invocations
        .Where(call => call.Method.Name == nameof(DurableTaskClient.PurgeInstanceAsync) && call.Arguments.Count == 3)
        .Select(call => (string)call.Arguments[0])
        .Order();
}
