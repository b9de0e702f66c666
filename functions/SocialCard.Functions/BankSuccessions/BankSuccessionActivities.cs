using SocialCard.Domain.BankSuccessions;

namespace SocialCard.Functions.BankSuccessions;

/// <summary>What the workflow does, each an operation that takes effect once.</summary>
public sealed class BankSuccessionActivities(
    CommandExecutor<Card> cards, CommandExecutor<SuccessionRegister> register, CardsOfBank ofBank, WorkingCalendar calendar)
{
    /// <summary>Finds a page of the cards that are the bank's still.</summary>
    [Function(nameof(FindBankCards))]
    public async Task<IReadOnlyList<string>> FindBankCards([ActivityTrigger] BankSuccessionStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        return await ofBank.ReadAsync(step.BankId, step.After, cancellation);
    }

    /// <summary>Moves a page of cards, and notes how many.</summary>
    [Function(nameof(MoveBankCards))]
    public async Task<int> MoveBankCards([ActivityTrigger] BankSuccessionPage page, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(page);
        var step = page.Step;
        var turn = Operation.Of(BankSuccessionOrchestration.InstanceOf(step.BankId), $"step-{step.Number}");
        foreach (var number in page.CardNumbers)
        {
            var outcome = await cards.ExecuteAsync(
                number,
                turn.Then(number),
                (card, now) => card.Bank.Succeed(step.BankId, step.Successor, calendar, now),
                card => new MovedTo(card.BankId),
                cancellation);
            _ = outcome.Done();
        }

        return (await register.ExecuteAsync(
            SuccessionRegister.Name,
            turn,
            (state, _) => state.Note(step.BankId, page.CardNumbers.Count),
            state => new MovedSoFar(state.Of(step.BankId)!.Moved),
            cancellation)).Done().Cards;
    }

    /// <summary>Notes that no card is left.</summary>
    [Function(nameof(CompleteBankSuccession))]
    public async Task<int> CompleteBankSuccession([ActivityTrigger] BankSuccessionStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        return (await register.ExecuteAsync(
            SuccessionRegister.Name,
            Operation.Of(BankSuccessionOrchestration.InstanceOf(step.BankId), "complete"),
            (state, now) => state.Complete(step.BankId, now),
            state => new MovedSoFar(state.Of(step.BankId)!.Moved),
            cancellation)).Done().Cards;
    }

    private sealed record MovedTo(string BankId);

    private sealed record MovedSoFar(int Cards);
}
