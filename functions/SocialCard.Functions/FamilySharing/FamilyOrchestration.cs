using Microsoft.DurableTask;

namespace SocialCard.Functions.FamilySharing;

/// <summary>
/// Accompanies a member of a family from the request to its end: asks both cards what has become of it and what falls due next,
/// waits for that or for an event, and asks again.
/// </summary>
public static class FamilyOrchestration
{
    /// <summary>The event that something has moved, on the giver's card or on the receiver's.</summary>
    public const string Moved = "FamilyMoved";

    /// <summary>The instance of a member, for the giver's card.</summary>
    public static string InstanceOf(string cardNumber, string memberId) => $"family-{cardNumber}-{memberId}";

    /// <summary>Asks, waits, and goes on as a new execution.</summary>
    [Function(nameof(FamilyOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Waiting.AskAndWaitAsync<CardStep, CardWait>(context, nameof(FamilyActivities.AdvanceFamilyMember), Moved, "familyMember");
    }
}
