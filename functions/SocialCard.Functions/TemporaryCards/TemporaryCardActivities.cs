namespace SocialCard.Functions.TemporaryCards;

/// <summary>What the workflow of a temporary card does to the card, each step an operation that takes effect once.</summary>
public sealed class TemporaryCardActivities(CommandExecutor<Card> executor)
{
    /// <summary>Ends a temporary card whose last day is over, and tells until when it is valid.</summary>
    [Function(nameof(AdvanceTemporaryCard))]
    public async Task<CardWait> AdvanceTemporaryCard([ActivityTrigger] CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var outcome = await executor.ExecuteAsync(
            step.CardNumber,
            Operation.Of(
                TemporaryCardOrchestration.InstanceOf(step.CardNumber, step.ResourceId).InLife(step.Life),
                $"step-{step.Number}",
                step.AsOf),
            (card, now) => card.TemporaryCards.Expire(step.ResourceId, now),
            card => card.TemporaryCard is { End: null } valid && valid.TemporaryCardId == step.ResourceId
                ? new CardWait(IsOver: false, valid.ValidUntil) : CardWait.Over,
            cancellation);
        return outcome.Done();
    }
}
