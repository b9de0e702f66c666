using Microsoft.DurableTask;

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
        return Waiting.AskAndWaitAsync<CardStep, CardWait>(
            context, nameof(TemporaryCardActivities.AdvanceTemporaryCard), Moved, "temporaryCardEnd");
    }
}
