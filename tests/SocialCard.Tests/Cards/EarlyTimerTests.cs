using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Moq;
using SocialCard.Domain.Cards;
using SocialCard.Functions.Activation;
using SocialCard.Functions.BankSuccessions;
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
            .Where(type => !type.IsAbstract && IsOfWaiting(type))
            .Select(type => type.Name);
        // It waits for no moment.
        var timed = RecordedHistory.Orchestrations.Keys.Where(name => name is not nameof(BankSuccessionOrchestration));
        Assert.Equal(timed.Select(name => $"{name}Tests").Order(), tested.Order());

        static bool IsOfWaiting(Type type) => type.BaseType is { } parent
            && ((parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(WaitingOrchestration<>)) || IsOfWaiting(parent));
    }

    [Theory]
    [InlineData(-0.65, 0)]
    [InlineData(0, 0)]
    [InlineData(90, 90)]
    public async Task A_change_is_dated_by_its_moment_when_the_clock_is_behind_it(double clockIsLate, double changeIsLate)
    {
        var card = LossCards.Awaiting("140100");
        var deadline = card.ActivationTerms!.Deadline!.Value;

        var line = Assert.Single(await StepAsync(card, deadline.AddSeconds(clockIsLate), activities => activities.ExpireActivation(
            new(card.Number.Value, deadline, ActivationOrchestration.InstanceOf(card.Number.Value)), default)));

        Assert.Equal(deadline.AddSeconds(changeIsLate), line.At);
    }

    /// <summary>A host that was away makes up for the steps in their order: the reminder is not lost to the expiry.</summary>
    [Fact]
    public async Task A_step_is_made_as_of_its_moment_however_late()
    {
        var card = LossCards.Awaiting("140100");
        var deadline = card.ActivationTerms!.Deadline!.Value;

        var lines = await StepAsync(card, deadline.AddDays(1), activities => activities.RemindToActivate(
            new(card.Number.Value, 1, ActivationOrchestration.InstanceOf(card.Number.Value), deadline.AddDays(-1)), default));

        Assert.Equal("activationReminded", Assert.Single(lines).Type);
    }

    /// <summary>The lines of the timeline that a step of the card's workflow writes at a time.</summary>
    private static async Task<IReadOnlyList<EventRow>> StepAsync(Card card, DateTimeOffset now, Func<ActivationActivities, Task> step)
    {
        var rows = new Mock<TableClient>();
        rows.Setup(r => r.GetEntityIfExistsAsync<StateRow>(card.Number.Value, It.IsAny<string>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(Response.FromValue(StoredRow(card), Mock.Of<Response>()));
        List<TableTransactionAction> committed = [];
        rows.Setup(r => r.SubmitTransactionAsync(It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>()))
            .Callback((IEnumerable<TableTransactionAction> actions, CancellationToken _) => committed.AddRange(actions));
        var tables = Mock.Of<TableServiceClient>(service => service.GetTableClient(It.IsAny<string>()) == rows.Object);
        var clock = Mock.Of<TimeProvider>(clock => clock.GetUtcNow() == now);
        var outbox = new Outbox(new WorkflowClient(), Mock.Of<QueueServiceClient>(), new(() => []));
        await step(new(new CommandExecutor<Card>(new CardRepository(tables, clock), outbox, new OperationKeys(tables), [], [], clock)));
        return [.. committed.Select(action => action.Entity).OfType<EventRow>()];
    }

    private static StateRow StoredRow(Card card)
    {
        var row = StateRow.Of(card, 1, TimelineEntry.Genesis);
        return new() { State = (string)row[nameof(StateRow.State)], Sequence = 1, Head = TimelineEntry.Genesis };
    }
}
