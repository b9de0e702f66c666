using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Validity;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.Validity;

/// <summary>The cards whose month has come near get their workflow, and their row goes only then.</summary>
public sealed class ValidityTermsDueTests
{
    private static readonly DateTimeOffset Now = new(2035, 12, 2, 18, 0, 0, TimeSpan.Zero);
    private readonly Mock<DurableTaskClient> durable = new(MockBehavior.Strict, "hub");
    private readonly Mock<TableClient> table = new();

    [Fact]
    public async Task It_starts_what_is_due_within_a_month_page_by_page_and_then_removes_the_row()
    {
        Stored(["1", "2"], ["3"]);
        Starts(Task.FromResult("started"));

        await RunAsync();

        Assert.Equal(["validity-1", "validity-2-life-1", "validity-3"], Started());
        Assert.Equal(["1", "2", "3"], Removed());
        table.Verify(t => t.QueryAsync<ValidityTerms.TermRow>(
            "PartitionKey le '2036-01'", It.IsAny<int?>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task A_workflow_that_is_there_already_costs_the_row_all_the_same()
    {
        Stored(["1"]);
        Starts(Task.FromException<string>(new InvalidOperationException("exists")));
        Known(new OrchestrationMetadata(nameof(ValidityOrchestration), "validity-1"));

        await RunAsync();

        Assert.Equal(["1"], Removed());
    }

    [Fact]
    public async Task A_row_whose_workflow_could_not_be_started_stays()
    {
        Stored(["1"]);
        Starts(Task.FromException<string>(new IOException()));
        Known(null);

        await Assert.ThrowsAsync<IOException>(RunAsync);

        Assert.Empty(Removed());
    }

    [Fact]
    public async Task A_run_has_its_limit_and_the_next_one_goes_on()
    {
        Stored(["1", "2"], ["3"]);
        Starts(Task.FromResult("started"));

        await RunAsync(most: 1);

        Assert.Equal(["1"], Removed());
    }

    private void Stored(params string[][] pages) => table
        .Setup(t => t.QueryAsync<ValidityTerms.TermRow>(
            It.IsAny<string>(), It.IsAny<int?>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
        .Returns(global::Azure.AsyncPageable<ValidityTerms.TermRow>.FromPages(pages.Select(page =>
            global::Azure.Page<ValidityTerms.TermRow>.FromValues(
            [.. page.Select(card => new ValidityTerms.TermRow { PartitionKey = "2036-01", RowKey = card, Life = card == "2" ? 1 : 0 })],
            null,
            Mock.Of<Response>()))));

    private void Starts(Task<string> result) => durable
        .Setup(d => d.ScheduleNewOrchestrationInstanceAsync(
            nameof(ValidityOrchestration), It.IsAny<object>(), It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
        .Returns(result);

    private void Known(OrchestrationMetadata? instance)
    {
        durable.Setup(d => d.GetInstanceAsync("validity-1", It.IsAny<CancellationToken>())).CallBase();
        durable.Setup(d => d.GetInstanceAsync("validity-1", false, It.IsAny<CancellationToken>())).ReturnsAsync(instance);
    }

    private Task RunAsync() => RunAsync(most: 10);

    private Task RunAsync(int most)
    {
        var tables = Mock.Of<TableServiceClient>(t => t.GetTableClient(ValidityTerms.Table) == table.Object);
        var outbox = new Outbox(new WorkflowClient(durable.Object), Mock.Of<QueueServiceClient>(), new(() => []));
        return new ValidityTermsDue(
            new ValidityTerms(tables),
            outbox,
            Mock.Of<TimeProvider>(clock => clock.GetUtcNow() == Now),
            NullLogger<ValidityTermsDue>.Instance)
        {
            MostARun = most,
        }.RunAsync(new TimerInfo(), default);
    }

    private IEnumerable<string?> Started() => durable.Invocations
        .Select(call => call.Arguments.OfType<StartOrchestrationOptions>().SingleOrDefault()?.InstanceId).Order();

    private IEnumerable<string> Removed() => table.Invocations
        .Where(call => call.Method.Name == nameof(TableClient.DeleteEntityAsync)).Select(call => (string)call.Arguments[1]).Order();
}
