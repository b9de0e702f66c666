using Microsoft.DurableTask;

namespace SocialCard.Functions.Reissues;

/// <summary>
/// Accompanies a reissue from the application to the end of the old card: asks the old card what has become of it and what
/// falls due next, waits for that or for an event, and asks again. Fee, production, receipt and activation of the new card
/// all come as the one event that something has moved; the card knows what.
/// </summary>
public static class ReissueOrchestration
{
    /// <summary>The event that something has moved, on the old card or on the new one.</summary>
    public const string Moved = "ReissueMoved";

    /// <summary>The instance of a reissue; its id begins with the old card's number.</summary>
    public static string InstanceOf(string reissueId) => "reissue-" + reissueId;

    /// <summary>Asks, waits, and goes on as a new execution.</summary>
    [Function(nameof(ReissueOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Waiting.AskAndWaitAsync<CardStep, CardWait>(context, nameof(ReissueActivities.AdvanceReissue), Moved, "reissue");
    }
}
