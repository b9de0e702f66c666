namespace Microsoft.DurableTask.Client;

/// <summary>How an instance is ended; recursive takes its sub-orchestrations along.</summary>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
