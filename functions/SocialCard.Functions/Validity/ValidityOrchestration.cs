using System.Globalization;
using Microsoft.DurableTask;

namespace SocialCard.Functions.Validity;

/// <summary>
/// Accompanies a card through what it was issued for: where the region sets an end to that, its wait for the holder; from the hand-over on
/// the years for which it is valid, of which it waits for the last part only: a row of <see cref="ValidityTerms"/> waits for the rest.
/// </summary>
public static class ValidityOrchestration
{
    /// <summary>The event that something else is to be waited for, or nothing any more.</summary>
    public const string Moved = "ValidityMoved";

    /// <summary>The instance of a card.</summary>
    public static string InstanceOf(string cardNumber) => "validity-" + cardNumber;

    /// <summary>What starts it.</summary>
    internal static OutboxMessage Start(ValidityWatch watch) =>
        OutboxMessage.Start(nameof(ValidityOrchestration), InstanceOf(watch.CardNumber).InLife(watch.Life), watch);

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
/// <param name="Month">The month whose row has started the workflow; null where it was started at once.</param>
public sealed record ValidityWatch(
    string CardNumber, int Number = 0, DateTimeOffset AsOf = default, int Life = 0, CardWait? Wait = null, string? Month = null)
    : WorkflowStep(Number, AsOf)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(300);

    // Whoever writes a row and the workflow that ends for it look at different clocks: better both than none.
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    /// <summary>
    /// The operation of the question. A workflow that was started by a row may be the second of its name, and asks other questions.
    /// </summary>
    internal string StepName => Month is null
        ? string.Create(CultureInfo.InvariantCulture, $"step-{Number}")
        : string.Create(CultureInfo.InvariantCulture, $"{Month}-step-{Number}");

    /// <summary>Whether a moment is so far away that a row waits for it and no workflow.</summary>
    internal static bool IsFar(ValidityMoment? next, DateTimeOffset now) => next?.At > now + Longest;

    /// <summary>What a workflow is to wait for after a moment of a card; null for nothing, or for what is far away.</summary>
    internal static CardWait? WaitOf(ValidityMoment? next, DateTimeOffset now) =>
        next is null || IsFar(next, now + Skew) ? null : new(IsOver: false, next.At, ReasonOf(next));

    /// <summary>What the card waits for, in a word.</summary>
    internal static string ReasonOf(ValidityMoment next) => "validity" + next.Step;
}
