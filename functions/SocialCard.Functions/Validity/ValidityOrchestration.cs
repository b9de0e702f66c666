using Microsoft.DurableTask;

namespace SocialCard.Functions.Validity;

/// <summary>
/// Accompanies a card through what it was issued for: where the region sets an end to that, its wait for the holder; from the hand-over on
/// the years for which it is valid. It is started with what to wait for, so that it asks the card only when that is due or has changed.
/// </summary>
public static class ValidityOrchestration
{
    /// <summary>The event that something else is to be waited for, or nothing any more.</summary>
    public const string Moved = "ValidityMoved";

    /// <summary>The instance of a card.</summary>
    public static string InstanceOf(string cardNumber) => "validity-" + cardNumber;

    /// <summary>Waits, asks, and goes on as a new execution.</summary>
    [Function(nameof(ValidityOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var watch = context.GetInput<ValidityWatch>()!;
        if (watch.Wait is null)
        {
            var asked = watch with { AsOf = Waiting.Later(watch.AsOf, context.CurrentUtcDateTime) };
            var answer = await context.CallActivityAsync<CardWait>(
                nameof(ValidityActivities.AdvanceValidity), asked, Waiting.Persistently);
            if (answer.IsOver)
            {
                return;
            }

            watch = asked with { Number = asked.Number + 1, Wait = answer };
        }

        var (wait, ask) = (watch.Wait, watch with { Wait = null });
        await Waiting.ForAsync(
            context,
            new WorkflowStatus(wait.Reason!, wait.Until),
            Moved,
            watch,
            whenDue: () => Task.FromResult<ValidityWatch?>(ask with { AsOf = Waiting.Later(watch.AsOf, wait.Until!.Value) }),
            whenRaised: ask);
    }
}

/// <summary>What the workflow waits for, and as of when it asks.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Number">The how manieth question.</param>
/// <param name="AsOf">The moment that the workflow has come to.</param>
/// <param name="Life">How often the card has come back from a death that was recorded by mistake.</param>
/// <param name="Wait">What is waited for; null where that is to be asked.</param>
public sealed record ValidityWatch(
    string CardNumber, int Number = 0, DateTimeOffset AsOf = default, int Life = 0, CardWait? Wait = null)
    : WorkflowStep(Number, AsOf)
{
    /// <summary>What there is to wait for after a moment of a card; null for none.</summary>
    internal static CardWait? WaitOf(ValidityMoment? next) =>
        next is null ? null : new(IsOver: false, next.At, "validity" + next.Step);
}
