namespace SocialCard.Functions.Workflows;

/// <summary>What a workflow waits for, as its custom status: for whoever looks at an instance. It holds nothing personal.</summary>
/// <param name="Reason">A stable word for what is waited for, such as <c>activationDeadline</c>.</param>
/// <param name="Due">When that falls due by itself; null where only an event moves the workflow.</param>
public sealed record WorkflowStatus(
    [property: JsonPropertyName("reason")] string Reason, [property: JsonPropertyName("due")] DateTimeOffset? Due);
