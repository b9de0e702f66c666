using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Moq;
using SocialCard.Domain.Cards;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Workflows;
using SocialCard.Tests.Histories;
using SocialCard.Tests.LossReports;

namespace SocialCard.Tests.Cards;

/// <summary>A timer of the Functions host may fire up to a second before its moment. What is due happens as of the moment.</summary>
public sealed class EarlyTimerTests
{
    [Fact]
    public void Every_orchestration_is_tested_with_timers_that_fire_early()
    {
        var tested = typeof(EarlyTimerTests).Assembly.GetTypes()
            .Where(type => type.BaseType is { IsGenericType: true } parent
                && parent.GetGenericTypeDefinition() == typeof(WaitingOrchestration<>))
            .Select(type => type.Name);
        Assert.Equal(RecordedHistory.Orchestrations.Keys.Select(name => $"{name}Tests").Order(), tested.Order());
    }

    [Theory]
    [InlineData(-0.65, 0)]
    [InlineData(0, 0)]
    [InlineData(90, 90)]
    public async Task A_change_is_dated_by_its_moment_when_the_clock_is_behind_it(double clockIsLate, double changeIsLate)
    {
        var card = LossCards.Awaiting("140100");
        var deadline = card.ActivationTerms!.Deadline!.Value;
        var rows = new Mock<TableClient>();
        rows.Setup(r => r.GetEntityIfExistsAsync<StateRow>(card.Number.Value, It.IsAny<string>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(Response.FromValue(StoredRow(card), Mock.Of<Response>()));
        List<TableTransactionAction> committed = [];
        rows.Setup(r => r.SubmitTransactionAsync(It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>()))
            .Callback((IEnumerable<TableTransactionAction> actions, CancellationToken _) => committed.AddRange(actions));
        var tables = Mock.Of<TableServiceClient>(service => service.GetTableClient(It.IsAny<string>()) == rows.Object);
        var late = Mock.Of<TimeProvider>(clock => clock.GetUtcNow() == deadline.AddSeconds(clockIsLate));
        var repository = new CardRepository(tables, late);
        var executor = new CommandExecutor<Card>(
            repository, new Outbox(new WorkflowClient(), Mock.Of<QueueServiceClient>(), []), new OperationKeys(tables), [], [], late);

        await new ActivationActivities(executor).ExpireActivation(
            new(card.Number.Value, deadline, ActivationOrchestration.InstanceOf(card.Number.Value)),
            default);

        var line = Assert.Single(committed.Select(action => action.Entity).OfType<EventRow>());
        Assert.Equal(deadline.AddSeconds(changeIsLate), line.At);
    }

    private static StateRow StoredRow(Card card)
    {
        var row = StateRow.Of(card, 1, TimelineEntry.Genesis);
        return new() { State = (string)row[nameof(StateRow.State)], Sequence = 1, Head = TimelineEntry.Genesis };
    }
}
