namespace SocialCard.Functions.Workflows;

/// <summary>A step of a workflow that asks, waits and asks again: input of the workflow and of its activity.</summary>
/// <param name="Number">The how manieth step; the same step of the same workflow is the same operation.</param>
/// <param name="AsOf">The moment that the workflow has come to; a step is judged as of then, however far a clock is behind.</param>
public abstract record WorkflowStep(int Number, DateTimeOffset AsOf);

/// <summary>What a workflow waits for after a step.</summary>
/// <param name="IsOver">Whether there is nothing left to wait for.</param>
/// <param name="Until">When something falls due by itself; null where only an event moves it.</param>
/// <param name="Reason">What that is, as a stable word of the API; null where the workflow always waits for the same.</param>
public abstract record WorkflowWait(bool IsOver, DateTimeOffset? Until, string? Reason = null);

/// <summary>A step of a workflow that accompanies a resource of a card.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ResourceId">The resource that the workflow accompanies.</param>
/// <param name="Number">The how manieth step.</param>
/// <param name="AsOf">The moment that the workflow has come to.</param>
/// <param name="Life">How often the resource has come back from a death that was recorded by mistake.</param>
public sealed record CardStep(string CardNumber, string ResourceId, int Number = 0, DateTimeOffset AsOf = default, int Life = 0)
    : WorkflowStep(Number, AsOf);

/// <summary>What a workflow that accompanies a resource of a card waits for after a step.</summary>
/// <param name="IsOver">Whether there is nothing left to wait for.</param>
/// <param name="Until">When something falls due by itself; null where only an event moves it.</param>
/// <param name="Reason">What that is, as a stable word of the API; null where the workflow always waits for the same.</param>
public sealed record CardWait(bool IsOver, DateTimeOffset? Until, string? Reason = null) : WorkflowWait(IsOver, Until, Reason)
{
    /// <summary>There is nothing left to wait for.</summary>
    public static CardWait Over { get; } = new(IsOver: true, null);
}
