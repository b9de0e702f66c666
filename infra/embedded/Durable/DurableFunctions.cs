using System.Diagnostics.CodeAnalysis;
using Microsoft.DurableTask;

namespace SocialCard.Embedded.Durable;

/// <summary>The orchestrators and activities that an engine can run, by name. Names are case-insensitive, as Durable Task's are.</summary>
internal sealed class DurableFunctions
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<ActivityCall, CancellationToken, Task<object?>>> activities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an orchestrator.</summary>
    /// <param name="name">The name that instances are started with.</param>
    /// <param name="run">The orchestrator's code; what it returns is the instance's output.</param>
    /// <exception cref="ArgumentException">An orchestrator of this name was added before.</exception>
    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run) => orchestrators.Add(name, run);

    /// <summary>Adds an activity. It runs at least once for every call: a host that dies before the result is stored runs it again.</summary>
    /// <param name="name">The name that orchestrators call it by.</param>
    /// <param name="run">The activity's code; the token is cancelled when the host stops.</param>
    /// <exception cref="ArgumentException">An activity of this name was added before.</exception>
    public void AddActivity(string name, Func<ActivityCall, CancellationToken, Task<object?>> run) => activities.Add(name, run);

    internal bool TryGetOrchestrator(string name, [NotNullWhen(true)] out Func<TaskOrchestrationContext, Task<object?>>? run)
        => orchestrators.TryGetValue(name, out run);

    internal bool TryGetActivity(string name, [NotNullWhen(true)] out Func<ActivityCall, CancellationToken, Task<object?>>? run)
        => activities.TryGetValue(name, out run);
}

/// <summary>One call of an activity.</summary>
/// <param name="Name">The activity's name.</param>
/// <param name="InstanceId">The instance whose orchestrator called it.</param>
/// <param name="Input">The input as JSON text; null where there is none.</param>
internal sealed record ActivityCall(string Name, string InstanceId, string? Input);
