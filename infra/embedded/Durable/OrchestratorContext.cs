using Microsoft.DurableTask;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// The framework's context, whose input may be asked for as any type, as the Functions worker allows; the shim itself would have to know
/// the type before the code is run.
/// </summary>
internal sealed class OrchestratorContext(TaskOrchestrationContext inner, string? input, DataConverter converter, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    // The shim is made by name only, before the turn's history is at hand.
    private static readonly AsyncLocal<ParentOrchestrationInstance?> ParentOfTurn = new();

    public override TaskName Name => inner.Name;
    public override string InstanceId => inner.InstanceId;
    public override ParentOrchestrationInstance? Parent => ParentOfTurn.Value;
    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;
    public override bool IsReplaying => inner.IsReplaying;
    public override string Version => inner.Version;
    public override IReadOnlyDictionary<string, object?> Properties => inner.Properties;
    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Tells the code that is run next who has started it.</summary>
    public static void RunFor(DurableTask.Core.ParentInstance? parent) =>
        ParentOfTurn.Value = parent is null ? null : new(parent.Name, parent.OrchestrationInstance.InstanceId);

    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(input);

    public override Task<T> CallActivityAsync<T>(TaskName name, object? input = null, TaskOptions? options = null) =>
        inner.CallActivityAsync<T>(name, input, options);

    public override Task<T> CallSubOrchestratorAsync<T>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        inner.CallSubOrchestratorAsync<T>(orchestratorName, input, options);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        inner.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        inner.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override void ContinueAsNew(ContinueAsNewOptions options) => inner.ContinueAsNew(options);
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => inner.CreateTimer(fireAt, cancellationToken);
    public override void SendEvent(string instanceId, string eventName, object payload) => inner.SendEvent(instanceId, eventName, payload);
    public override void SetCustomStatus(object? customStatus) => inner.SetCustomStatus(customStatus);
    public override Guid NewGuid() => inner.NewGuid();
}
