namespace SocialCard.Domain.Workflows;

/// <summary>Operations have ended a workflow before it was over.</summary>
/// <param name="InstanceId">The workflow.</param>
/// <param name="Reason">Why.</param>
public sealed record WorkflowTerminated(string InstanceId, Reason Reason) : DomainEvent("workflowTerminated");

/// <summary>Operations have started a workflow again that had failed or was ended by them.</summary>
/// <param name="InstanceId">The workflow.</param>
/// <param name="Reason">Why.</param>
public sealed record WorkflowRestarted(string InstanceId, Reason Reason) : DomainEvent("workflowRestarted");

/// <summary>A workflow was found failed, or gone, when what it waits for was overdue.</summary>
/// <param name="InstanceId">The workflow.</param>
public sealed record WorkflowFailed(string InstanceId) : DomainEvent("workflowFailed");
