using Microsoft.DurableTask;

namespace SocialCard.Embedded.Functions;

/// <summary>The orchestrators and activities of a host, by name. Names are case-insensitive, as Durable Task's are.</summary>
internal sealed class DurableFunctions
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = new(
        StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<ActivityCall, CancellationToken, Task<object?>>> activities = new(
        StringComparer.OrdinalIgnoreCase);

    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run) => orchestrators.Add(name, run);

    /// <summary>Adds an activity. It runs at least once for every call; the token is cancelled when the host stops.</summary>
    public void AddActivity(string name, Func<ActivityCall, CancellationToken, Task<object?>> run) => activities.Add(name, run);

    public Func<TaskOrchestrationContext, Task<object?>> Orchestrator(string name) => orchestrators.GetValueOrDefault(name)
        ?? (_ => throw new InvalidOperationException($"There is no orchestrator named '{name}' in this host."));

    public Func<ActivityCall, CancellationToken, Task<object?>> Activity(string name) => activities.GetValueOrDefault(name)
        ?? ((_, _) => throw new InvalidOperationException($"There is no activity named '{name}' in this host."));
}

/// <summary>One call of an activity; the input is JSON text, null where there is none.</summary>
internal sealed record ActivityCall(string Name, string InstanceId, string? Input);
