namespace SocialCard.Cards;

/// <summary>A step of a workflow that accompanies a resource of a card: input of the workflow and of its activity.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ResourceId">The resource that the workflow accompanies.</param>
/// <param name="Number">The how manieth step; the same step of the same workflow is the same operation.</param>
/// <param name="AsOf">The workflow's time at the step.</param>
public sealed record CardStep(string CardNumber, string ResourceId, int Number = 0, DateTimeOffset AsOf = default)
{
    /// <summary>The time by which a step is judged: this process's clock may be a little behind the one that fired the timer.</summary>
    public DateTimeOffset JudgedAt(DateTimeOffset now) => now < AsOf ? AsOf : now;
}

/// <summary>What a workflow waits for after a step.</summary>
/// <param name="IsOver">Whether there is nothing left to wait for.</param>
/// <param name="Until">When something falls due by itself; null where only an event moves it.</param>
public sealed record CardWait(bool IsOver, DateTimeOffset? Until);
