namespace SocialCard.Domain.Workflows;

/// <summary>Why a command on a workflow is refused.</summary>
public static class WorkflowRefusals
{
    /// <summary>There is no such workflow within the caller's scope.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "workflow-not-found", "There is no such workflow within your scope; ended ones are kept for thirty days.");

    /// <summary>It is over.</summary>
    public static Refusal Ended { get; } = new(RefusedBy.State, "workflow-ended", "The workflow is over.");

    /// <summary>It runs, or came to its own end.</summary>
    public static Refusal NotStopped { get; } =
        new(RefusedBy.State, "workflow-not-stopped", "The workflow has neither failed nor been terminated.");
}
