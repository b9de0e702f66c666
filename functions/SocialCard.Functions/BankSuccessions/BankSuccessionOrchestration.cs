using Microsoft.DurableTask;

namespace SocialCard.Functions.BankSuccessions;

/// <summary>
/// Moves a bank's cards, a page a turn in the order of their numbers, and goes through them again until a whole pass finds none: a card
/// that was registered meanwhile is found by the next.
/// </summary>
public static class BankSuccessionOrchestration
{
    /// <summary>The instance of a succession.</summary>
    public static string InstanceOf(string bankId) => $"bank-succession-{bankId}";

    /// <summary>Finds a page, moves it, and goes on as a new execution.</summary>
    [Function(nameof(BankSuccessionOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var step = context.GetInput<BankSuccessionStep>()!;
        context.SetCustomStatus(new WorkflowStatus("moving", null));

        // Which cards these are stands in the history: the same page is moved however often its activity dies.
        var page = await context.CallActivityAsync<IReadOnlyList<string>>(
            nameof(BankSuccessionActivities.FindBankCards), step, Waiting.Persistently);
        if (page.Count > 0)
        {
            await context.CallActivityAsync<int>(
                nameof(BankSuccessionActivities.MoveBankCards), new BankSuccessionPage(step, page), Waiting.Persistently);
            context.ContinueAsNew(step with { Number = step.Number + 1, After = page[^1], HasMoved = true });
        }
        else if (step.HasMoved)
        {
            context.ContinueAsNew(step with { Number = step.Number + 1, After = "", HasMoved = false });
        }
        else
        {
            await context.CallActivityAsync<int>(nameof(BankSuccessionActivities.CompleteBankSuccession), step, Waiting.Persistently);
        }
    }
}

/// <summary>A turn of the workflow: its input.</summary>
/// <param name="BankId">The bank that was taken over.</param>
/// <param name="Successor">The bank that took it over.</param>
/// <param name="Number">The how manieth turn.</param>
/// <param name="After">The card after which its page begins; empty for the first.</param>
/// <param name="HasMoved">Whether the pass has found a card so far.</param>
public sealed record BankSuccessionStep(string BankId, string Successor, int Number = 0, string After = "", bool HasMoved = false);

/// <summary>The cards of a turn.</summary>
/// <param name="Step">The turn.</param>
/// <param name="CardNumbers">The cards.</param>
public sealed record BankSuccessionPage(BankSuccessionStep Step, IReadOnlyList<string> CardNumbers);
