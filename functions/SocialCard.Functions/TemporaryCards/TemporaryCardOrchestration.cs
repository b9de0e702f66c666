using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using SocialCard.Domain.Cards;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Workflows;

namespace SocialCard.Functions.TemporaryCards;

/// <summary>Waits for the last day of a temporary card, which an extension moves.</summary>
public static class TemporaryCardOrchestration
{
    /// <summary>The event that the card was extended, or is over.</summary>
    public const string Moved = "TemporaryCardMoved";

    /// <summary>The instance of a temporary card.</summary>
    public static string InstanceOf(string cardNumber, string temporaryCardId) => $"temporary-card-{cardNumber}-{temporaryCardId}";

    /// <summary>Asks, waits, and goes on as a new execution.</summary>
    [Function(nameof(TemporaryCardOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Waiting.AskAndWaitAsync<CardStep, CardWait>(context, nameof(TemporaryCardActivities.AdvanceTemporaryCard), Moved);
    }
}

/// <summary>What the workflow does to a card, each step an operation that takes effect once.</summary>
public sealed class TemporaryCardActivities(CardCommands desk)
{
    /// <summary>Ends a temporary card whose last day is over, and tells until when it is valid.</summary>
    [Function(nameof(AdvanceTemporaryCard))]
    public async Task<CardWait> AdvanceTemporaryCard([ActivityTrigger] CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var outcome = await desk.DecideAsync(
            CardNumber.Parse(step.CardNumber),
            Operation.Of(TemporaryCardOrchestration.InstanceOf(step.CardNumber, step.ResourceId), $"step-{step.Number}", step.AsOf),
            (card, now) => card.ExpireTemporaryCard(step.ResourceId, now),
            card => card.TemporaryCard is { End: null } valid && valid.TemporaryCardId == step.ResourceId
                ? new CardWait(IsOver: false, valid.ValidUntil) : new CardWait(IsOver: true, null),
            cancellation);
        return outcome.Done();
    }
}
