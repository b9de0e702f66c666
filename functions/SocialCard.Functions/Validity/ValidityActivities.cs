namespace SocialCard.Functions.Validity;

/// <summary>What the workflow of a card's validity does to the card, each step an operation that takes effect once.</summary>
public sealed class ValidityActivities(CommandExecutor<Card> executor)
{
    /// <summary>Lets what is due have its effect, reminds the holder, and tells what is to be waited for next.</summary>
    [Function(nameof(AdvanceValidity))]
    public async Task<CardWait> AdvanceValidity([ActivityTrigger] ValidityWatch watch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(watch);
        var outcome = await executor.ExecuteAsync(
            watch.CardNumber,
            Operation.Of(
                ValidityOrchestration.InstanceOf(watch.CardNumber).InLife(watch.Life), watch.StepName, watch.AsOf),
            (card, now) => card.Validity.Remind(now),
            card => ValidityWatch.WaitOf(card.Validity.Next, watch.AsOf) ?? CardWait.Over,
            cancellation);
        return outcome.Done();
    }
}
