using Microsoft.DurableTask.Client;

namespace SocialCard.Functions.Workflows;

/// <summary>Starts workflows and tells them what has happened, from wherever in the app.</summary>
/// <param name="ofHost">The one client of a host that has it from its start; the Functions host gives one to each invocation.</param>
public sealed class WorkflowClient(DurableTaskClient? ofHost = null)
{
    private readonly AsyncLocal<DurableTaskClient?> ofInvocation = new();

    /// <summary>Whether workflows can be told of anything: not outside of functions, where the host has no client of its own.</summary>
    public bool IsThere => (ofInvocation.Value ?? ofHost) is not null;

    /// <summary>The client for the function that is under way.</summary>
    /// <exception cref="InvalidOperationException">
    /// None is under way, or it is an orchestration, which leaves such work to activities.
    /// </exception>
    public DurableTaskClient Current
    {
        get => ofInvocation.Value ?? ofHost ?? throw new InvalidOperationException("There is no client of workflows outside of functions.");
        internal set => ofInvocation.Value = value;
    }
}
