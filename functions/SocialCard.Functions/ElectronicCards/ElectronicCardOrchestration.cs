using Microsoft.DurableTask;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// Accompanies an electronic card from the first step to its end, which may be sixteen years away: the end of a draft, an overdue
/// review, the notice before the child's birthday and the birthday.
/// </summary>
public static class ElectronicCardOrchestration
{
    /// <summary>The event that something else falls due, or nothing any more.</summary>
    public const string Changed = "ElectronicCardChanged";

    /// <summary>The instance of an electronic card.</summary>
    public static string InstanceOf(string electronicCardId) => $"electronic-card-{electronicCardId}";

    /// <summary>Asks, waits for one stage at most, and goes on as a new execution.</summary>
    [Function(nameof(ElectronicCardOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await Waiting.AskAndWaitAsync<ElectronicCardTurn, ElectronicCardWait>(
            context, nameof(ElectronicCardActivities.AdvanceElectronicCard), Changed, "electronicCard"))
        {
            await context.CallActivityAsync<ElectronicCardWait>(
                nameof(ElectronicCardActivities.SweepElectronicCardFiles),
                context.GetInput<ElectronicCardTurn>()!.ElectronicCardId,
                Waiting.Persistently);
        }
    }
}

/// <summary>A turn of the workflow: its input and that of its activity.</summary>
/// <param name="ElectronicCardId">The electronic card.</param>
/// <param name="Number">The how manieth turn; the same turn is the same operation.</param>
/// <param name="AsOf">The moment that the workflow has come to.</param>
/// <param name="Life">How often the card has come back from a death that was recorded by mistake.</param>
public sealed record ElectronicCardTurn(string ElectronicCardId, int Number = 0, DateTimeOffset AsOf = default, int Life = 0)
    : WorkflowStep(Number, AsOf);

/// <summary>What the workflow waits for.</summary>
/// <param name="Until">When something falls due; null when nothing will any more.</param>
/// <param name="Reason">Where the card stands, as the API names it.</param>
public sealed record ElectronicCardWait(DateTimeOffset? Until, string? Reason = null) : WorkflowWait(IsOver: Until is null, Until, Reason);
