using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.BankSuccessions;

namespace SocialCard.Tests.BankSuccessions;

public sealed class BankSuccessionOrchestrationTests
{
    private readonly Mock<TaskOrchestrationContext> context = new(MockBehavior.Strict);

    [Fact]
    public Task A_page_is_moved_and_the_next_begins_after_it() => Runs(
        new("bank-a", "bank-b", 4, "T1"), ["T2", "T3"], new("bank-a", "bank-b", 5, "T3", HasMoved: true));

    [Fact]
    public Task After_a_pass_that_found_cards_there_is_another() => Runs(
        new("bank-a", "bank-b", 5, "T3", HasMoved: true), [], new("bank-a", "bank-b", 6));

    [Fact]
    public Task A_pass_that_found_none_is_the_last() => Runs(new("bank-a", "bank-b", 6), [], next: null);

    private async Task Runs(BankSuccessionStep step, IReadOnlyList<string> found, BankSuccessionStep? next)
    {
        context.Setup(c => c.GetInput<BankSuccessionStep>()).Returns(step);
        context.Setup(c => c.SetCustomStatus(It.IsAny<object?>()));
        context.Setup(c => c.CallActivityAsync<IReadOnlyList<string>>(
            It.Is<TaskName>(task => task.Name == nameof(BankSuccessionActivities.FindBankCards)), step, It.IsAny<TaskOptions>()))
            .ReturnsAsync(found);
        if (found.Count > 0)
        {
            context.Setup(c => c.CallActivityAsync<int>(
                It.Is<TaskName>(task => task.Name == nameof(BankSuccessionActivities.MoveBankCards)),
                It.Is<BankSuccessionPage>(page => page.Step == step && page.CardNumbers.SequenceEqual(found)),
                It.IsAny<TaskOptions>()))
                .ReturnsAsync(found.Count).Verifiable();
        }

        if (next is null)
        {
            context.Setup(c => c.CallActivityAsync<int>(
                It.Is<TaskName>(task => task.Name == nameof(BankSuccessionActivities.CompleteBankSuccession)),
                step,
                It.IsAny<TaskOptions>()))
                .ReturnsAsync(0).Verifiable();
        }
        else
        {
            context.Setup(c => c.ContinueAsNew(next, true)).Verifiable();
        }

        await BankSuccessionOrchestration.RunAsync(context.Object);

        context.Verify();
    }
}
