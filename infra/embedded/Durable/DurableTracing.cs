using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.History;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// The spans of workflows. An instance lives for months, so a turn is a span, and an activity; both belong to the trace that started the
/// instance. What woke it is linked.
/// </summary>
internal static class DurableTracing
{
    /// <summary>The tag that carries a turn's span to the activities that it schedules.</summary>
    private const string TraceParent = "traceparent";

    private static readonly ActivitySource Source = new("Microsoft.DurableTask");

    public static Activity? Turn(OrchestrationRuntimeState state)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ExecutionStartedEvent start = state.ExecutionStartedEvent!;
        ActivityContext parent = Parse(start.ParentTraceContext?.TraceParent);
        IEnumerable<ActivityLink> woken = state.NewEvents.OfType<EventRaisedEvent>()
            .Select(raised => Parse(raised.ParentTraceContext?.TraceParent))
            .Where(raiser => raiser != default && raiser.TraceId != parent.TraceId).Select(raiser => new ActivityLink(raiser));
        return Begin("orchestration", start.Name, parent, woken)?.SetTag("durabletask.task.version", start.Version);
    }

    /// <summary>Gives what a turn schedules the turn's span as its parent.</summary>
    public static void Pass(Activity turn, IEnumerable<OrchestratorAction> actions)
    {
        foreach (OrchestratorAction action in actions)
        {
            if (action is ScheduleTaskOrchestratorAction task)
            {
                task.Tags = new Dictionary<string, string>(task.Tags ?? new Dictionary<string, string>()) { [TraceParent] = turn.Id! };
            }
            else if (action is CreateSubOrchestrationAction child)
            {
                child.Tags = new Dictionary<string, string>(child.Tags ?? new Dictionary<string, string>()) { [TraceParent] = turn.Id! };
            }
        }
    }

    public static Activity? Run(TaskScheduledEvent task) =>
        Begin("activity", task.Name!, Parse(task.Tags?.TryGetValue(TraceParent, out string? turn) == true ? turn : null), [])
            ?.SetTag("durabletask.task.task_id", task.EventId);

    private static ActivityContext Parse(string? parent) =>
        ActivityContext.TryParse(parent, null, out ActivityContext context) ? context : default;

    private static Activity? Begin(string type, string name, ActivityContext parent, IEnumerable<ActivityLink> links) =>
        Source.StartActivity($"{type}:{name}", ActivityKind.Server, parent, links: links)?
            .SetTag("durabletask.type", type).SetTag("durabletask.task.name", name);
}
